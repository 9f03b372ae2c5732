using System.Globalization;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Worker.Steps;

/// <summary>How a supervised process is at one moment.</summary>
/// <param name="IsGoing">Neither active nor given up: starting, stopping, about to be restarted.</param>
/// <param name="Life">Changes when the process was started anew; empty when the supervisor cannot tell.</param>
internal sealed record ProcessState(bool IsActive, bool IsGoing, string Word, string Life);

/// <summary>Who supervises the process, as commands for the target's shell.</summary>
internal abstract class Supervisor
{
    public static Supervisor Of(ControlProcess settings) => settings.Commands is { Count: > 0 } commands ? new CommandSet(commands) : new Systemd(settings);

    public abstract string Status { get; }

    /// <summary>Null when it has none.</summary>
    public abstract string? Log(int lines);

    /// <summary>Null when it does not know how.</summary>
    public abstract string? Command(ProcessAction action);

    /// <summary>Null when the answer cannot be understood.</summary>
    public abstract ProcessState? Read(Said said);

    private sealed class Systemd(ControlProcess settings) : Supervisor
    {
        private readonly string _unit = RemoteCommand.Quoted(settings.Unit);
        private readonly string _sudo = settings.Sudo ? "sudo -n " : "";

        public override string Status => $"{_sudo}systemctl show --property=LoadState,ActiveState,SubState,MainPID,InvocationID,Result -- {_unit}";

        public override string Log(int lines) => $"{_sudo}journalctl --no-pager --output=cat --lines={lines.ToString(CultureInfo.InvariantCulture)} --unit={_unit}";

        public override string Command(ProcessAction action) => $"{_sudo}systemctl {action.ToString().ToLowerInvariant()} -- {_unit}";

        public override ProcessState? Read(Said said)
        {
            var properties = said.Lines.Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).GroupBy(pair => pair[0]).ToDictionary(pair => pair.Key, pair => pair.Last()[1]);
            if (said.ExitCode != 0 || !properties.TryGetValue("ActiveState", out var state)) return null;
            if (properties.GetValueOrDefault("LoadState") is "not-found" or "masked") return new ProcessState(false, false, properties["LoadState"], "");

            var life = $"{properties.GetValueOrDefault("InvocationID")}/{properties.GetValueOrDefault("MainPID")}";
            var result = properties.GetValueOrDefault("Result") is { Length: > 0 } ended and not "success" ? $", {ended}" : "";
            return new ProcessState(state is "active", state is "activating" or "deactivating" or "reloading", $"{state} ({properties.GetValueOrDefault("SubState")}{result})", life is "/0" or "/" ? "" : life);
        }
    }

    private sealed class CommandSet(IReadOnlyDictionary<string, string> commands) : Supervisor
    {
        public override string Status => commands.GetValueOrDefault("status", "false");

        public override string? Log(int lines) => commands.GetValueOrDefault("log");

        public override string? Command(ProcessAction action) =>
            commands.GetValueOrDefault(action.ToString().ToLowerInvariant())
            ?? (action is ProcessAction.Restart && commands.ContainsKey("stop") && commands.ContainsKey("start") ? $"{{ {commands["stop"]}\n}} && {{ {commands["start"]}\n}}" : null);

        public override ProcessState Read(Said said) =>
            new(said.ExitCode == 0, IsGoing: said.ExitCode != 0, said.ExitCode == 0 ? "active" : $"not active (status ended with {said.ExitCode})", "");
    }
}
