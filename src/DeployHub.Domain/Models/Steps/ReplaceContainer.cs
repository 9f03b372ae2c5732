namespace DeployHub.Domain.Models.Steps;

/// <summary>When the engine starts a container again by itself.</summary>
public enum ContainerRestart
{
    UnlessStopped,
    Always,
    OnFailure,
    No,
}

/// <summary>
/// Replaces a container by one of another image, over an engine's Docker-compatible API, from the worker's machine. The old one is kept until
/// the new one is healthy: by its image's HEALTHCHECK, else by running without a break. Where both would publish the same port or write to
/// the same volume, the old one is stopped first and started again when the new one fails. The API knows no password: keep it on a socket,
/// the loopback address or a closed network.
/// </summary>
/// <param name="Image">By digest, such as <c>registry.example/shop@sha256:…</c>; pulled when the engine does not have it.</param>
/// <param name="Engine">Such as <c>unix:///run/podman/podman.sock</c> or <c>tcp://10.0.0.7:2375</c>.</param>
/// <param name="Ports">Published as <c>host:container</c>, also <c>127.0.0.1:8080:80</c> and <c>53:53/udp</c>.</param>
/// <param name="Volumes">As <c>data:/var/lib/shop</c> or <c>/etc/shop:/etc/shop:ro</c>.</param>
/// <param name="Command">Instead of the image's own.</param>
/// <param name="Network">The engine's own unless told.</param>
/// <param name="RegistryPassword">What the registry asks for, as <c>${secret:name}</c>.</param>
/// <param name="StopFirst">True never lets both run at the same time.</param>
/// <param name="StopWithin">How long the old one may take to end before it is killed.</param>
/// <param name="RunsFor">How long a container without HEALTHCHECK must run without a break.</param>
/// <param name="Within">How long it may take to become healthy.</param>
/// <param name="LogLines">How many of its last log lines are shown on failure.</param>
/// <param name="Name">Of the container that is replaced, and of the new one.</param>
/// <param name="Environment">Environment variables by name.</param>
/// <param name="Restart">When the engine starts it again by itself.</param>
/// <param name="RegistryUser">Whom the registry lets in.</param>
public sealed record ReplaceContainer(
    string Image, string Name, string Engine = "unix:///var/run/docker.sock", IReadOnlyList<string>? Ports = null, IReadOnlyDictionary<string, string>? Environment = null,
    IReadOnlyList<string>? Volumes = null, IReadOnlyList<string>? Command = null, string? Network = null, ContainerRestart Restart = ContainerRestart.UnlessStopped,
    string? RegistryUser = null, string? RegistryPassword = null, bool StopFirst = false, string StopWithin = "10s", string RunsFor = "10s", string Within = "2m", int LogLines = 40) : StepSettings;
