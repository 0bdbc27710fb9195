"""Addresses of letters."""

from __future__ import annotations

from django.urls import path

from abdi.letters.views import letters, signing, templates

app_name = "letters"
urlpatterns = [
    path("surat", letters.letters, name="letters"),
    path("surat/baru", letters.new, name="new"),
    path("surat/tentang/<str:about>", letters.by_record, name="by_record"),
    path("surat/bernomor", letters.named_by, name="named_by"),
    path("surat/kata", templates.templates, name="templates"),
    path("surat/kata/<slug:kind>", templates.template, name="template"),
    path("surat/kop", templates.letterhead, name="letterhead"),
    path("surat/nomor", templates.reserve, name="reserve"),
    path("surat/<slug:code>", letters.letter, name="letter"),
    path("surat/<slug:code>/ubah", letters.change, name="change"),
    path("surat/<slug:code>/nomor", letters.number, name="number"),
    path("surat/<slug:code>/penanda-tangan", letters.signer, name="signer"),
    path("surat/<slug:code>/kirim", signing.send, name="send"),
    path("surat/<slug:code>/tanda-tangan", signing.sign, name="sign"),
    path("surat/<slug:code>/batal", letters.void, name="void"),
    path("surat/<slug:code>/surat.pdf", signing.pdf, name="pdf"),
    path("surat/<slug:code>/surat.docx", signing.word, name="word"),
    path("surat/<slug:code>/bertanda-tangan.pdf", signing.signed_file, name="signed_file"),
    path("s/<slug:code>", signing.check, name="check"),
]
