# syntax=docker/dockerfile:1

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# The time zones come with the binary: windows of administrations are in the school's own.
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/surveyd ./cmd/surveyd \
    && install -d -m 0700 /out/data \
    && install -d -m 1777 /out/tmp

# Nothing but the binary, the certificate authorities that it needs to reach a MongoDB by TLS, and two folders.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY LICENSE /LICENSE
COPY --from=build /out/surveyd /surveyd
COPY --from=build /out/tmp /tmp
# A volume mounted here takes over the owner, so that the server may write without being root.
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
ENV SURVEYD_LISTEN=:8080 SURVEYD_DATA=/data
EXPOSE 8080
VOLUME /data
ENTRYPOINT ["/surveyd"]
CMD ["serve"]
