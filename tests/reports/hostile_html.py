"""Fifty ways to make a renderer fetch what it must not."""

from __future__ import annotations

ELEMENTS = """
<img src="{}">
<img srcset="{} 2x">
<picture><source srcset="{}"><img alt=""></picture>
<link rel="stylesheet" href="{}">
<link rel="attachment" href="{}">
<link rel="icon" href="{}">
<link rel="preload" as="image" href="{}">
<object data="{}"></object>
<embed src="{}">
<iframe src="{}"></iframe>
<video src="{}" poster="{}"></video>
<audio src="{}"></audio>
<a rel="attachment" href="{}">x</a>
<input type="image" src="{}">
<body background="{}">
<table background="{}"><tr><td background="{}">x</td></tr></table>
<base href="{}"><img src="x.png">
<meta http-equiv="refresh" content="0;url={}">
<script src="{}"></script>
<svg><image href="{}" width="9" height="9"/></svg>
<svg><image xlink:href="{}" width="9" height="9"/></svg>
<svg><use href="{}#a"/></svg>
<svg><style>@import url("{}");</style><rect width="9" height="9"/></svg>
<svg><rect width="9" height="9" fill="url({}#a)"/></svg>
<svg><rect width="9" height="9" filter="url({}#a)"/></svg>
<svg><rect width="9" height="9" mask="url({}#a)"/></svg>
<svg><rect width="9" height="9" clip-path="url({}#a)"/></svg>
<svg><path d="M0,0 L9,9" marker-end="url({}#a)"/></svg>
<svg><text><textPath href="{}#a">x</textPath></text></svg>
<svg><foreignObject><img src="{}"></foreignObject></svg>
<style>@import url("{}");</style>
<style>@import "{}" print;</style>
<style>@font-face {{ font-family: a; src: url("{}"); }} p {{ font-family: a; }}</style>
<style>@font-face {{ font-family: b; src: local("x"), url("{}"); }} p {{ font-family: b; }}</style>
<style>p {{ background: url("{}"); }}</style>
<style>p {{ background-image: url("{}"), url("{}"); }}</style>
<style>p {{ list-style: url("{}"); display: list-item; }}</style>
<style>p {{ border-image: url("{}") 9; }}</style>
<style>p {{ content: url("{}"); }}</style>
<style>p::before {{ content: url("{}"); }}</style>
<style>p::after {{ content: "x" url("{}"); }}</style>
<style>@page {{ background: url("{}"); }}</style>
<style>@page {{ @top-left {{ content: url("{}"); }} }}</style>
<style>@page {{ @bottom-right {{ background: url("{}"); content: "x"; }} }}</style>
<style>p {{ cursor: url("{}"), auto; }}</style>
<style>p {{ mask-image: url("{}"); }}</style>
<style>@color-profile a {{ src: url("{}"); }} p {{ color: color(a 1 0 0); }}</style>
<style>@namespace url("{}"); p {{ color: red; }}</style>
<p style="background: url('{}')">x</p>
<p style="content: url('{}'); list-style-image: url('{}')">x</p>
""".strip().splitlines()
