from odoo import api, models

from ..tools.history import keep_history
from ..tools.together import FOLLOWED_TOGETHER, POSTED_TOGETHER, Posts, exists_together


class MailThread(models.AbstractModel):
    """What changed on many records is told to their chatters together (see ``tools.together``).

    How to use: a model says ``_is_posted_together``. Those of the flow do; others are left alone.
    One whose history is evidence says ``_is_history_kept`` (see ``tools.history``).
    """

    _inherit = "mail.thread"

    _is_history_kept = False

    def _keep_history(self):
        """These records, without what a client said to have their changes left out."""
        return keep_history(self) if self._is_history_kept else self

    @api.model_create_multi
    def create(self, vals_list):
        return super(MailThread, self._keep_history()).create(vals_list).with_env(self.env)

    def write(self, vals):
        return super(MailThread, self._keep_history()).write(vals)

    def _compute_field_value(self, field):
        return super(MailThread, self._keep_history())._compute_field_value(field)

    def _message_track(self, fields_iter, initial_values_dict):
        # OVERRIDE mail, which looks up and writes everything again for each record.
        is_together = getattr(self, "_is_posted_together", False)
        if len(self) < 2 or not is_together or self.env.user._is_public():
            return super()._message_track(fields_iter, initial_values_dict)
        posts = Posts(self)
        together = POSTED_TOGETHER(self, posts)
        tracking = super(MailThread, together)._message_track(fields_iter, initial_values_dict)
        self._log_together(posts)
        return tracking

    def _message_log(self, *, body="", author_id=None, tracking_value_ids=False, **kwargs):
        posts = POSTED_TOGETHER.get(self)
        if not posts or not posts.knows(self) or kwargs or not tracking_value_ids:
            return super()._message_log(
                body=body, author_id=author_id, tracking_value_ids=tracking_value_ids, **kwargs
            )
        posts.notes.append((self, body, author_id, tracking_value_ids))
        return self.env["mail.message"]

    def message_post(self, **kwargs):
        posts = POSTED_TOGETHER.get(self)
        if not posts or not posts.knows(self) or not kwargs.get("tracking_value_ids"):
            return super().message_post(**kwargs)
        kwargs.setdefault("record_alias_domain_id", posts.alias_domains[self.id].id)
        kwargs.setdefault("reply_to", posts.get_reply_to(kwargs.get("author_id"))[self.id])
        commands = kwargs["tracking_value_ids"]
        if is_later := not self._is_notified(kwargs):
            kwargs["tracking_value_ids"] = False
        message = super().message_post(**kwargs)
        if is_later:
            posts.tracked += self._prepare_tracked(message, commands)
        return message

    def _is_notified(self, kwargs):
        """Whether anybody but its author reads this one record's message in an e-mail or an inbox.

        :param dict kwargs: arguments of ``message_post``
        """
        is_note = kwargs.get("message_type", "notification") == "notification"
        is_sent = kwargs.get("partner_ids") or kwargs.get("outgoing_email_to")
        if is_sent or not is_note or self.env.context.get("mail_notify_author"):
            return True
        subtype_id = kwargs.get("subtype_id")
        found = self.env["mail.followers"]._get_recipient_data(self, "notification", subtype_id)
        author = self._message_compute_real_author(kwargs.get("author_id"))
        return bool(found[self.id].keys() - set(author.ids))

    def _message_compute_parent_id(self, parent_id):
        posts = POSTED_TOGETHER.get(self)
        if parent_id or not self._mail_flat_thread or not posts or not posts.knows(self):
            return super()._message_compute_parent_id(parent_id)
        return posts.parents.get(self.id, False)

    def _log_together(self, posts):
        """Log the notes of ``posts``, and write what changed."""
        for author_id in {note[2] for note in posts.notes}:
            own = [note for note in posts.notes if note[2] == author_id]
            messages = self.browse([note[0].id for note in own])._message_log_batch(
                {note[0].id: note[1] for note in own}, author_id=author_id
            )
            for message, note in zip(messages, own, strict=True):
                posts.tracked += self._prepare_tracked(message, note[3])
        # sudo: what changed is written down whoever changed it, as mail does
        self.env["mail.tracking.value"].sudo().create(posts.tracked)

    def _prepare_tracked(self, message, commands):
        """Values of what changed, as ``message`` tells it."""
        return [{**vals, "mail_message_id": message.id} for _command, _id, vals in commands]

    def _message_auto_subscribe(self, updated_values, followers_existing_policy="skip"):
        model, later = FOLLOWED_TOGETHER.get(self, (None, None))
        if model != self._name:
            return super()._message_auto_subscribe(updated_values, followers_existing_policy)
        later.append((self, updated_values, followers_existing_policy))
        return True


class MailFollowers(models.Model):
    _inherit = "mail.followers"

    def _get_recipient_data(self, records, message_type, subtype_id, pids=None):
        posts = POSTED_TOGETHER.get(self)
        ask = super()._get_recipient_data
        if pids or not records or not posts or not posts.knows(records):
            return ask(records, message_type, subtype_id, pids)
        found = posts.get_recipients(message_type, subtype_id, ask)
        return {res_id: found[res_id] for res_id in records.ids}


class MailMessageSubtype(models.Model):
    _inherit = "mail.message.subtype"

    def exists(self):
        return exists_together(self, super().exists)
