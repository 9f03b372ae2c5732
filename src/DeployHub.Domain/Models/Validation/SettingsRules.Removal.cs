using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Removed(ModelContent model, RemoveContainer container) =>
    [
        .. When(!IsFilledLater(container.Name) && !ContainerName().IsMatch(container.Name), "name", ContainerNameRule),
        .. When(!IsFilledLater(container.Engine) && !EngineAddress().IsMatch(container.Engine), "engine", EngineRule),
        .. Time(model, "stopWithin", container.StopWithin),
    ];

    private static IEnumerable<(string, string, string)> Absent(CheckAbsent absent) =>
    [
        .. When((absent.Facts ?? []).Count + (absent.Containers ?? []).Count == 0, "facts", "say what has to be gone: facts, containers or both."),
        .. When(absent.Facts?.Count > WatchedFact.Most, "facts", $"name at most {WatchedFact.Most} facts."),
        .. When(absent.Containers?.Count > WatchedFact.Most, "containers", $"name at most {WatchedFact.Most} containers."),
        .. When(absent.Containers?.Any(name => !IsFilledLater(name) && !ContainerName().IsMatch(name)) == true, "containers", ContainerNameRule),
        .. When(!IsFilledLater(absent.Engine) && !EngineAddress().IsMatch(absent.Engine), "engine", EngineRule),
        .. (absent.Facts ?? []).Index().SelectMany(fact => When(fact.Item.Expect is not null, $"facts[{fact.Index}].expect", "has to be gone, so nothing else is expected: leave this out.")),
        .. Facts(absent, absent.Facts ?? []),
    ];

    private const string ContainerNameRule = "is no name of a container: letters, digits and . _ - only.";
    private const string EngineRule = "must be an address such as unix:///var/run/docker.sock or tcp://10.0.0.7:2375.";
}
