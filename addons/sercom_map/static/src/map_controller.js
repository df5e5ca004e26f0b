/* global L */
import {Component, onWillStart, onWillUpdateProps, useEffect, useRef, useState} from "@odoo/owl";
import {CogMenu} from "@web/search/cog_menu/cog_menu";
import {Domain} from "@web/core/domain";
import {_t} from "@web/core/l10n/translation";
import {Layout} from "@web/search/layout";
import {SearchBar} from "@web/search/search_bar/search_bar";
import {session} from "@web/session";
import {standardViewProps} from "@web/views/standard_view_props";
import {useService} from "@web/core/utils/hooks";
import {useSearchBarToggler} from "@web/search/search_bar/search_bar_toggler";
import {useSetupAction} from "@web/search/action_hook";

const LATITUDE = "partner_latitude";
const LONGITUDE = "partner_longitude";
const IS_PLACED = ["|", [LATITUDE, "!=", 0], [LONGITUDE, "!=", 0]];
export const MAX_MARKERS = 2000;
const NEAR = 15; // zoom of a single marker

/** Records on a map; the pictures under them come from the service that the firm has chosen. */
export class MapController extends Component {
    static template = "sercom_map.MapView";
    static components = {CogMenu, Layout, SearchBar};
    static props = {...standardViewProps, fieldNames: Array};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.searchBarToggler = useSearchBarToggler();
        this.rootRef = useRef("root");
        this.mapRef = useRef("map");
        this.state = useState({records: [], unplaced: 0});
        this.tileUrl = session["leaflet.tile_url"];
        useSetupAction({rootRef: this.rootRef});
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((props) => this.load(props));
        useEffect(
            () => {
                this.makeMap();
                return () => this.map.remove();
            },
            () => []
        );
        useEffect(
            () => this.drawMarkers(),
            () => [this.state.records]
        );
    }

    get isFull() {
        return this.state.records.length === MAX_MARKERS;
    }

    /** Those of ``domain`` that no marker stands for. */
    getUnplaced(domain) {
        return Domain.and([domain, Domain.not(IS_PLACED)]).toList();
    }

    /** The list of those without a place, to give them one. */
    openUnplaced() {
        const {resModel, domain, context} = this.props;
        const own = this.env.config.views || [];
        const views = ["list", "form"].map(
            (type) => own.find((view) => view[1] === type) || [false, type]
        );
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Without a place on the map"),
            res_model: resModel,
            domain: this.getUnplaced(domain),
            context,
            views,
        });
    }

    async load({resModel, domain, context, fieldNames}) {
        const placed = Domain.and([domain, IS_PLACED]).toList();
        const names = [...new Set([...fieldNames, LATITUDE, LONGITUDE])];
        const [records, count] = await Promise.all([
            this.orm.searchRead(resModel, placed, names, {context, limit: MAX_MARKERS}),
            this.orm.searchCount(resModel, this.getUnplaced(domain), {context}),
        ]);
        Object.assign(this.state, {records, unplaced: count});
    }

    makeMap() {
        this.map = L.map(this.mapRef.el, {maxZoom: 19}).setView([0, 0], 2);
        if (this.tileUrl) {
            const attribution = session["leaflet.copyright"];
            L.tileLayer(this.tileUrl, {attribution, maxZoom: 19}).addTo(this.map);
        }
        this.markers = L.markerClusterGroup().addTo(this.map);
    }

    drawMarkers() {
        this.markers.clearLayers();
        const places = [];
        for (const record of this.state.records) {
            const place = [record[LATITUDE], record[LONGITUDE]];
            places.push(place);
            const icon = L.divIcon({
                className: "o_sercom_marker",
                html: '<i class="fa fa-map-marker"></i>',
                iconSize: [24, 32],
                iconAnchor: [12, 32],
                popupAnchor: [0, -28],
            });
            const title = this.getTexts(record)[0] || "";
            L.marker(place, {icon, title, alt: title})
                .bindPopup(() => this.makePopup(record))
                .addTo(this.markers);
        }
        if (places.length) {
            this.map.fitBounds(places, {maxZoom: NEAR, padding: [30, 30]});
        }
    }

    /** What is told of a record, in words; what it has not is left out. */
    getTexts(record) {
        return this.props.fieldNames
            .map((name) => record[name])
            .map((value) => (Array.isArray(value) ? value[1] : value))
            .filter(Boolean)
            .map(String);
    }

    makePopup(record) {
        const [title, ...texts] = this.getTexts(record);
        const popup = document.createElement("div");
        const link = document.createElement("button");
        link.className = "btn btn-link p-0 fw-bold text-start";
        link.textContent = title;
        link.addEventListener("click", () => this.openRecord(record.id));
        popup.append(link);
        for (const text of texts) {
            const line = document.createElement("div");
            line.textContent = text;
            popup.append(line);
        }
        return popup;
    }

    openRecord(id) {
        const activeIds = this.state.records.map((record) => record.id);
        this.props.selectRecord(id, {activeIds});
    }
}
