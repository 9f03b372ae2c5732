using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;
using Docker.DotNet.Models;

namespace DeployHub.Worker.Steps.Containers;

/// <summary>The container that a step wants, as the engine is told.</summary>
/// <param name="step">Whose work it is: the same for every attempt, so that a repetition finds what an earlier one began.</param>
internal sealed partial class ContainerPlan(ReplaceContainer settings, string step)
{
    private const string StepLabel = "deployhub.step";
    private const string ReplacesLabel = "deployhub.replaces";

    private readonly List<(string Inside, PortBinding Outside)> _ports = [.. (settings.Ports ?? []).Select(Port)];

    /// <summary>The new one's name until it takes over.</summary>
    public string NextName => $"{settings.Name}-next";

    /// <summary>What a model could not know before its texts were filled; null when it can be done.</summary>
    public static string? Trouble(ReplaceContainer settings) => settings switch
    {
        _ when !ByDigest().IsMatch(settings.Image) => $"The image “{settings.Image}” does not say its digest, so nobody knows what would run: end it with @sha256:….",
        _ when !ContainerName().IsMatch(settings.Name) => $"“{settings.Name}” cannot name a container.",
        _ when settings.Ports?.FirstOrDefault(port => !PublishedPort().IsMatch(port)) is { } port => $"“{port}” publishes no port: write host:container.",
        _ when settings.Volumes?.FirstOrDefault(volume => !Volume().IsMatch(volume)) is { } volume => $"“{volume}” is no volume: write name:/path or /path:/path.",
        _ => null,
    };

    public bool IsOurs(ContainerInspectResponse container) => Label(container, StepLabel) == step && container.Config?.Image == settings.Image;

    /// <summary>The running container that this one was made to replace; what was stopped by an attempt that got lost is started again by the next.</summary>
    public static string? Replaces(ContainerInspectResponse next) => Label(next, ReplacesLabel) is { Length: > 0 } id ? id : null;

    /// <summary>Both cannot run at the same time.</summary>
    public bool CollidesWith(ContainerInspectResponse old) =>
        settings.StopFirst
        || settings.Network == "host"
        || (old.HostConfig?.PortBindings ?? new Dictionary<string, IList<PortBinding>>()).Any(taken => taken.Value?.Any(theirs => _ports.Any(ours => ours.Outside.HostPort == theirs.HostPort && Protocol(ours.Inside) == Protocol(taken.Key))) == true)
        || (old.Mounts ?? []).Any(mount => mount.RW && Writable().Any(source => source == mount.Source || source == mount.Name));

    public CreateContainerParameters Parameters(string? replaces) => new()
    {
        Name = NextName,
        Image = settings.Image,
        Cmd = settings.Command is { Count: > 0 } command ? [.. command] : null!, // the image's own
        Env = [.. (settings.Environment ?? new Dictionary<string, string>()).Select(variable => $"{variable.Key}={variable.Value}")],
        Labels = new Dictionary<string, string> { [StepLabel] = step, [ReplacesLabel] = replaces ?? "" },
        ExposedPorts = _ports.Select(port => port.Inside).Distinct().ToDictionary(port => port, _ => default(EmptyStruct)),
        HostConfig = new HostConfig
        {
            Binds = [.. settings.Volumes ?? []],
            NetworkMode = settings.Network!, // the engine's own when it is null
            PortBindings = _ports.GroupBy(port => port.Inside).ToDictionary(ports => ports.Key, IList<PortBinding> (ports) => [.. ports.Select(port => port.Outside)]),
            RestartPolicy = new RestartPolicy { Name = Enum.Parse<RestartPolicyKind>(settings.Restart.ToString()) },
        },
    };

    private IEnumerable<string> Writable() => (settings.Volumes ?? []).Select(volume => volume.Split(':')).Where(parts => parts is not [_, _, var options] || !options.Split(',').Contains("ro")).Select(parts => parts[0]);

    private static string? Label(ContainerInspectResponse container, string name) => container.Config?.Labels is { } labels && labels.TryGetValue(name, out var value) ? value : null;

    private static string Protocol(string port) => port.Split('/') is [_, var protocol] ? protocol : "tcp";

    private static (string, PortBinding) Port(string text)
    {
        var parts = PublishedPort().Match(text).Groups;
        return ($"{parts["inside"].Value}/{(parts["protocol"].Success ? parts["protocol"].Value : "tcp")}", new PortBinding { HostIP = parts["address"].Value.Trim('[', ']'), HostPort = parts["outside"].Value });
    }

    [GeneratedRegex(@"^[^\s@]+@sha256:[0-9a-f]{64}\z")]
    private static partial Regex ByDigest();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,199}\z")]
    private static partial Regex ContainerName();

    [GeneratedRegex(@"^((?<address>[0-9.]+|\[[0-9A-Fa-f:]+\]):)?(?<outside>[0-9]{1,5}):(?<inside>[0-9]{1,5})(/(?<protocol>tcp|udp))?\z")]
    private static partial Regex PublishedPort();

    [GeneratedRegex(@"^[^:\s]+:/[^:]*(:[A-Za-z,]+)?\z")]
    private static partial Regex Volume();
}
