FROM python:3.12-slim-bookworm AS build
WORKDIR /srv/bulletin
COPY requirements-setup.lock requirements.lock ./
RUN python -m venv /opt/bulletin \
    && /opt/bulletin/bin/pip install --no-cache-dir --require-hashes -r requirements-setup.lock \
    && /opt/bulletin/bin/uv pip install --no-cache --python /opt/bulletin/bin/python \
        --compile-bytecode --require-hashes -r requirements.lock \
    && /opt/bulletin/bin/pip uninstall --yes uv

FROM python:3.12-slim-bookworm
# The faces of the printed page: Song and Hei, Times-like figures, Kai; and out of the 268 MB of a
# package the 31 MB that hold Fang Song, in which the text is set.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-noto-cjk fonts-liberation fonts-lxgw-wenkai \
    && cd /tmp && apt-get download texlive-lang-chinese \
    && dpkg-deb --fsys-tarfile texlive-lang-chinese_*.deb | tar --extract --wildcards \
        --strip-components=9 --one-top-level=/usr/local/share/fonts/fandol '*/fandol/*.otf' \
    && rm -rf texlive-lang-chinese_*.deb /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /srv/bulletin --shell /usr/sbin/nologin bulletin \
    && install --directory --owner bulletin --group bulletin \
        /var/lib/bulletin /var/lib/bulletin/media /var/lib/bulletin/static /var/lib/bulletin/baked
COPY --from=build /opt/bulletin /opt/bulletin
WORKDIR /srv/bulletin
COPY manage.py pyproject.toml ./
COPY windows windows
COPY stats stats
COPY bulletin bulletin
COPY templates templates
COPY deploy/healthcheck.py deploy/healthcheck.py
# A process here may write no bytecode; without it each start would compile everything anew.
RUN /opt/bulletin/bin/python -m compileall -q bulletin stats windows
ENV PATH=/opt/bulletin/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    VAR_DIR=/var/lib/bulletin \
    MEDIA_ROOT=/var/lib/bulletin/media \
    GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000 \
    GRANIAN_INTERFACE=wsgi
USER bulletin
EXPOSE 8000
CMD ["granian", "--http", "1", "--no-ws", "--respawn-failed-workers", "bulletin.wsgi:application"]
