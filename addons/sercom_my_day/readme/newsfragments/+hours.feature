My hours on the phone, also without network; captions of photos; the site's history and equipment
on the job; *on my way* asks whom to tell and can be taken back; the crew's clocks.
