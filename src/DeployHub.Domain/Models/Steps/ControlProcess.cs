namespace DeployHub.Domain.Models.Steps;

/// <summary>What is asked of a supervised process.</summary>
public enum ProcessAction
{
    Restart,
    Start,
    Stop,
    Reload,
}

/// <summary>
/// Restarts, starts, stops or reloads a process that systemd supervises, or that a set of commands controls, on the target, and waits
/// until it has been active without a break for a while: not only started. On failure its last log lines are in the log.
/// </summary>
/// <param name="Unit">The systemd unit. For a command set: how people call the process.</param>
/// <param name="Sudo">Calls systemctl and journalctl with <c>sudo -n</c>, which needs a rule that asks for no password.</param>
/// <param name="Commands">Instead of systemd: <c>status</c> (exit code 0 means active) and those of <c>start</c>, <c>stop</c>, <c>restart</c>, <c>reload</c> and <c>log</c> that are needed, each for the shell.</param>
/// <param name="ActiveFor">How long it must be active without a break.</param>
/// <param name="Within">How long that may take from the action on.</param>
/// <param name="LogLines">How many of its last log lines are shown on failure.</param>
/// <param name="Action">What is asked of it.</param>
public sealed record ControlProcess(
    string Unit, ProcessAction Action = ProcessAction.Restart, bool Sudo = false, IReadOnlyDictionary<string, string>? Commands = null,
    string ActiveFor = "5s", string Within = "1m", int LogLines = 40) : StepSettings;
