using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Several HAProxies in front of the same servers have to agree: where one differs, some users come and others do not.</summary>
internal sealed class CheckHaproxyServerVerifier(TimeProvider clock) : StepExecutor<CheckHaproxyServer>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckHaproxyServer settings, StepContext context, CancellationToken cancellationToken)
    {
        if (HaproxyRuntime.Objection(settings.Addresses, settings.Backend, settings.Server) is { } objection) return new StepOutcome.Failed(objection);

        var evidence = new List<Evidence>();
        try
        {
            foreach (var haproxy in settings.Addresses.Select(address => new HaproxyRuntime(address)))
            {
                HaproxyServer? last = null;
                var asking = await Asking.UntilGoodAsync(clock, settings.Within, Duration.Of(settings.Every), async _ => Objection(settings, last = await haproxy.ServerAsync(settings.Backend, settings.Server, cancellationToken)), cancellationToken);
                var server = $"{settings.Backend}/{settings.Server} at {haproxy.Address}";
                context.Log.Write(asking.Objection is null ? LogStream.Out : LogStream.Error, $"{server}: {last}");
                evidence.Add(new Evidence(server, $"{last}"));
                if (asking.Objection is { } other) return new StepOutcome.Failed($"{(settings.TakesTraffic ? "Users" : "No users")} should come to server {server}, but {other}.", HaltCause.HealthCheckFailed) { Evidence = evidence };
            }
        }
        catch (HaproxyException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.IsUnreachable ? HaltCause.ExternalSystemDown : null) { Evidence = evidence };
        }

        return new StepOutcome.Succeeded(evidence);
    }

    private static string? Objection(CheckHaproxyServer settings, HaproxyServer server) => server.HasUsers == settings.TakesTraffic ? null : $"it is {server}";
}
