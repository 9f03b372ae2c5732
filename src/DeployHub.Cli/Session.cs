using System.CommandLine;
using DeployHub.Cli.Talking;

namespace DeployHub.Cli;

/// <summary>What a command works with.</summary>
/// <param name="Interrupted">Somebody pressed Ctrl-C.</param>
internal sealed record Session(Hub Hub, Screen Screen, CancellationToken Interrupted)
{
    /// <summary>Ends the command with the exit code of its work, or of what stood against it.</summary>
    public static Command Does(Command command, Func<ParseResult, Session, Task<int>> work)
    {
        command.SetAction(async (parsed, interrupted) =>
        {
            var screen = Screen.Of(parsed);
            try
            {
                using var hub = new Hub(Settings.Of(parsed), screen, interrupted);
                return await work(parsed, new Session(hub, screen, interrupted));
            }
            catch (Refusal refusal)
            {
                return screen.Say(refusal);
            }
            catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
        });
        return command;
    }
}
