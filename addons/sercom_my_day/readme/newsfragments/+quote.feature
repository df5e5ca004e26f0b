Price and quote on site: a price book with good, better and best options, signed by the client on the
phone; payment by QR code or link once the job is invoiced.
