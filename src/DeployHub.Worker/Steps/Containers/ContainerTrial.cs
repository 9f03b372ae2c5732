using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using Docker.DotNet.Models;

namespace DeployHub.Worker.Steps.Containers;

/// <summary>Watches a started container until it is healthy, or clearly is not.</summary>
internal sealed class ContainerTrial(ContainerEngine engine, ReplaceContainer settings, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <returns>How it shows that it is healthy, or what is wrong.</returns>
    public async Task<(string? Healthy, string? Trouble)> WaitAsync(string id, CancellationToken cancellationToken)
    {
        var began = clock.GetUtcNow();
        string? life = null;
        for (var looks = 0; ; looks++)
        {
            if (await engine.FindAsync(id, cancellationToken) is not { State: { } state } container) return (null, "was removed by somebody else");

            life ??= state.StartedAt;
            if (container.RestartCount > 0 || state.StartedAt != life) return (null, $"ended{(state.ExitCode == 0 ? "" : Ended(state))} and was started anew");
            if (!state.Running) return (null, $"ended{Ended(state)}");

            var waited = clock.GetUtcNow() - began;
            switch (Health(state))
            {
                case "healthy":
                    return ("healthy", null);
                case "unhealthy":
                    return (null, $"is unhealthy{LastCheck(state)}");
                case null when waited >= Duration.Of(settings.RunsFor):
                    return ($"running for {settings.RunsFor} without a break", null);
            }

            if (waited >= Duration.Of(settings.Within)) return (null, $"was not healthy within {settings.Within}{LastCheck(state)}");
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <summary>Null when its image has no HEALTHCHECK.</summary>
    private static string? Health(State state) => state.Health?.Status is { Length: > 0 } status and not "none" ? status : null;

    private static string Ended(State state) => $" with exit code {state.ExitCode}{(state.OOMKilled ? ", out of memory" : "")}{(string.IsNullOrWhiteSpace(state.Error) ? "" : $": {state.Error.ReplaceLineEndings(" ")}")}";

    private static string LastCheck(State state) => state.Health?.Log?.LastOrDefault()?.Output?.ReplaceLineEndings(" ").Trim() is { Length: > 0 } said ? $": {(said.Length <= 300 ? said : said[..300])}" : "";
}
