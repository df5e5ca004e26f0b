/** Where the phone is: asked only when the technician punches, or wants distances. */

const PATIENCE = 8000; // milliseconds; the punch itself never waits for it
const EARTH_KM = 6371.0088;

/** Where the phone is now; `null` when it does not say, for whatever reason. */
export function locate() {
    return new Promise((resolve) => {
        if (!navigator.geolocation) {
            resolve(null);
            return;
        }
        const timer = setTimeout(() => resolve(null), PATIENCE + 1000);
        navigator.geolocation.getCurrentPosition(
            ({coords}) => {
                clearTimeout(timer);
                resolve({
                    latitude: coords.latitude,
                    longitude: coords.longitude,
                    accuracy: Math.round(coords.accuracy),
                });
            },
            () => {
                clearTimeout(timer);
                resolve(null);
            },
            {enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 30000}
        );
    });
}

/** Length of the great circle between two places, in km; `null` when one is not known. */
export function distanceKm(one, two) {
    if (!one?.latitude || !two?.latitude) {
        return null;
    }
    const rad = (degrees) => (degrees * Math.PI) / 180;
    const [lat1, lat2] = [rad(one.latitude), rad(two.latitude)];
    const half =
        Math.sin((lat2 - lat1) / 2) ** 2 +
        Math.cos(lat1) * Math.cos(lat2) * Math.sin(rad(two.longitude - one.longitude) / 2) ** 2;
    return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}
