using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Container(ModelContent model, ReplaceContainer container) =>
    [
        .. When(!IsFilledLater(container.Image) && !ImageByDigest().IsMatch(container.Image), "image", "names an image by its digest, which alone says what will run: registry.example/shop@sha256:…"),
        .. When(!IsFilledLater(container.Name) && !ContainerName().IsMatch(container.Name), "name", ContainerNameRule),
        .. When(!IsFilledLater(container.Engine) && !EngineAddress().IsMatch(container.Engine), "engine", EngineRule),
        .. When(container.Ports?.Any(port => !IsFilledLater(port) && !PublishedPort().IsMatch(port)) == true, "ports", "each is host:container, such as 8080:80 or 127.0.0.1:8080:80/tcp."),
        .. When(container.Volumes?.Any(volume => !IsFilledLater(volume) && !ContainerVolume().IsMatch(volume)) == true, "volumes", "each is name:/path or /path:/path, with :ro behind it when nothing is written."),
        .. When(container.Environment?.Keys.Any(name => name.Length == 0 || name.Contains('=')) == true, "environment", "a variable's name is not empty and holds no “=”."),
        .. When(container.RegistryPassword is { } password && !PlainSecrets.IsReference(password), "registryPassword", "name the secret that holds the password, and nothing else: ${secret:registry}.", "A-V12"),
        .. When(container is { RegistryPassword: not null, RegistryUser: null }, "registryPassword", "belongs to a user: say registryUser too."),
        .. Time(model, "stopWithin", container.StopWithin),
        .. Time(model, "runsFor", container.RunsFor),
        .. Time(model, "within", container.Within),
        .. When(Length(model, container.RunsFor) > Length(model, container.Within), "runsFor", $"{container.RunsFor} does not fit into {container.Within}, the time within which it has to be healthy."),
        .. When(container.LogLines is < 0 or > 1000, "logLines", "must be from 0 to 1000."),
    ];

    [GeneratedRegex(@"^[^\s@]+@sha256:[0-9a-f]{64}\z")]
    private static partial Regex ImageByDigest();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,199}\z")]
    private static partial Regex ContainerName();

    [GeneratedRegex(@"^(unix:///\S+|npipe://\S+|(tcp|https?)://[^\s/]+/?)\z")]
    private static partial Regex EngineAddress();

    [GeneratedRegex(@"^(([0-9.]+|\[[0-9A-Fa-f:]+\]):)?[0-9]{1,5}:[0-9]{1,5}(/(tcp|udp))?\z")]
    private static partial Regex PublishedPort();

    [GeneratedRegex(@"^[^:\s]+:/[^:]*(:[A-Za-z,]+)?\z")]
    private static partial Regex ContainerVolume();
}
