using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static readonly string[] ProcessCommands = ["status", "start", "stop", "restart", "reload", "log"];

    private static IEnumerable<(string, string, string)> Process(ModelContent model, ControlProcess process)
    {
        var commands = process.Commands ?? new Dictionary<string, string>();
        var action = process.Action.ToString().ToLowerInvariant();
        var isKnown = commands.ContainsKey(action) || (process.Action is ProcessAction.Restart && commands.ContainsKey("start") && commands.ContainsKey("stop"));
        return
        [
            .. When(process.Unit.Length == 0 || process.Unit[0] == '-' || process.Unit.Any(char.IsControl), "unit", "name the unit, such as shop.service."),
            .. When(commands.Count == 0 && !IsFilledLater(process.Unit) && !UnitName().IsMatch(process.Unit), "unit", "is no name of a systemd unit, such as shop.service or shop@1.service."),
            .. commands.Keys.Where(name => !ProcessCommands.Contains(name)).SelectMany(name => When(true, "commands", $"“{name}” is none of {string.Join(", ", ProcessCommands)}.")),
            .. When(commands.Count > 0 && !commands.ContainsKey("status"), "commands", "needs status, so that it can be seen whether the process is active."),
            .. When(commands.Count > 0 && !isKnown, "commands", $"needs {action}, because that is what the step does."),
            .. When(commands.Values.Any(string.IsNullOrWhiteSpace), "commands", "a command must not be empty."),
            .. When(commands.Count > 0 && process.Sudo, "sudo", "is for systemd; write sudo into the commands that need it."),
            .. Time(model, "activeFor", process.ActiveFor),
            .. Time(model, "within", process.Within),
            .. When(Length(model, process.ActiveFor) > Length(model, process.Within), "activeFor", $"{process.ActiveFor} does not fit into {process.Within}, the time within which it has to be active."),
            .. When(process.LogLines is < 0 or > 1000, "logLines", "must be from 0 to 1000."),
        ];
    }

    [GeneratedRegex(@"^[A-Za-z0-9:_.\\-]+(@[A-Za-z0-9:_.\\-]*)?\z")]
    private static partial Regex UnitName();
}
