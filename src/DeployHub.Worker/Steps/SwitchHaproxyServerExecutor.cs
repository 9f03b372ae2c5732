using System.Text.RegularExpressions;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>Tells, waits and reads back: what HAProxy says of the server afterwards is the evidence.</summary>
internal sealed partial class SwitchHaproxyServerExecutor(TimeProvider clock) : StepExecutor<SwitchHaproxyServer>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task<StepOutcome> ExecuteAsync(SwitchHaproxyServer settings, StepContext context, CancellationToken cancellationToken)
    {
        if (Objection(settings) is { } objection) return new StepOutcome.Failed(objection);

        var evidence = new List<Evidence>();
        try
        {
            foreach (var haproxy in settings.Addresses.Select(address => new HaproxyRuntime(address)))
            {
                if (await SwitchAsync(haproxy, settings, context, cancellationToken) is { } trouble) return new StepOutcome.Failed(trouble, HaltCause.HealthCheckFailed) { Evidence = evidence };

                var state = await haproxy.ServerAsync(settings.Backend, settings.Server, cancellationToken);
                context.Log.Write(LogStream.Out, $"{settings.Backend}/{settings.Server} at {haproxy.Address}: {state}");
                evidence.Add(new Evidence($"{settings.Backend}/{settings.Server} at {haproxy.Address}", state.ToString()));
            }
        }
        catch (HaproxyException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.IsUnreachable ? HaltCause.ExternalSystemDown : null) { Evidence = evidence };
        }

        return new StepOutcome.Succeeded(evidence);
    }

    private async Task<string?> SwitchAsync(HaproxyRuntime haproxy, SwitchHaproxyServer settings, StepContext context, CancellationToken cancellationToken)
    {
        var server = $"{settings.Backend}/{settings.Server}";
        var before = await haproxy.ServerAsync(settings.Backend, settings.Server, cancellationToken);
        context.Log.Write(LogStream.Hub, $"{server} at {haproxy.Address} was {before}.");
        if (settings.Weight is { } weight) await haproxy.TellAsync($"set weight {server} {weight}", cancellationToken);
        switch (settings.State)
        {
            case ServerState.Ready:
                await haproxy.TellAsync($"set server {server} state ready", cancellationToken);
                return await UpAsync(haproxy, settings, cancellationToken);
            case ServerState.Drain or ServerState.Maint:
                if (!before.Status.StartsWith("MAINT", StringComparison.Ordinal)) await haproxy.TellAsync($"set server {server} state drain", cancellationToken);
                if (await DrainedAsync(haproxy, settings, context, cancellationToken) is { } trouble) return trouble;
                await haproxy.TellAsync($"set server {server} state {(settings.State is ServerState.Maint ? "maint" : "drain")}", cancellationToken);
                return null;
            default:
                return null;
        }
    }

    private async Task<string?> UpAsync(HaproxyRuntime haproxy, SwitchHaproxyServer settings, CancellationToken cancellationToken)
    {
        for (var until = clock.GetUtcNow() + Duration.Of(settings.Within); ;)
        {
            var state = await haproxy.ServerAsync(settings.Backend, settings.Server, cancellationToken);
            if (state.TakesTraffic) return null;
            if (clock.GetUtcNow() >= until) return $"Server {settings.Backend}/{settings.Server} of HAProxy at {haproxy.Address} did not come up within {settings.Within}: it is {state}.";

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <summary>A server that could not be drained takes traffic again: half out is the one state that nobody asked for.</summary>
    private async Task<string?> DrainedAsync(HaproxyRuntime haproxy, SwitchHaproxyServer settings, StepContext context, CancellationToken cancellationToken)
    {
        for (var until = clock.GetUtcNow() + Duration.Of(settings.Within); ;)
        {
            var state = await haproxy.ServerAsync(settings.Backend, settings.Server, cancellationToken);
            if (state is { Sessions: 0, Queue: 0 }) return null;
            if (clock.GetUtcNow() >= until)
            {
                if (settings.LeaveSessions)
                {
                    context.Log.Write(LogStream.Hub, $"{state.Sessions} sessions remain after {settings.Within}; the model says to go on.");
                    return null;
                }

                await haproxy.TellAsync($"set server {settings.Backend}/{settings.Server} state ready", cancellationToken);
                return $"Server {settings.Backend}/{settings.Server} of HAProxy at {haproxy.Address} still had {state.Sessions} sessions after {settings.Within}, so it takes traffic again.";
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private static string? Objection(SwitchHaproxyServer settings) =>
        settings.Weight is { } weight && !Weight().IsMatch(weight)
            ? $"“{weight}” is no weight: write 0 to 256, or a share such as 50%."
            : HaproxyRuntime.Objection(settings.Addresses, settings.Backend, settings.Server);

    [GeneratedRegex(@"^[0-9]{1,3}%?\z")]
    private static partial Regex Weight();
}
