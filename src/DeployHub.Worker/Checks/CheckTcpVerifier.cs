using System.Net.Sockets;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckTcpVerifier(TimeProvider clock) : StepExecutor<CheckTcp>
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    protected override async Task<StepOutcome> ExecuteAsync(CheckTcp settings, StepContext context, CancellationToken cancellationToken)
    {
        if (HostAndPort.Parse(settings.Address) is not { } address) return new StepOutcome.Failed($"“{settings.Address}” is no address: write a host and a port, such as db.example.com:5432.");

        var asking = await Asking.UntilGoodAsync(clock, settings.Within, Duration.Of(settings.Every), async _ =>
        {
            var trouble = await ConnectAsync(address, cancellationToken);
            return settings.Open ? trouble : trouble is null ? "somebody listens" : null;
        }, cancellationToken);
        context.Log.Write(asking.Objection is null ? LogStream.Out : LogStream.Error, $"{address}: {asking.Objection ?? (settings.Open ? "somebody listens" : "nobody listens")}");
        return asking.Objection is null
            ? new StepOutcome.Succeeded([new Evidence($"{address}", settings.Open ? "Somebody listens" : "Nobody listens")])
            : new StepOutcome.Failed($"{address} should be {(settings.Open ? "open" : "closed")} within {settings.Within}, but {asking.Objection}.", HaltCause.HealthCheckFailed);
    }

    private static async Task<string?> ConnectAsync(HostAndPort address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectLimit);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, limit.Token);
            return null;
        }
        catch (SocketException exception)
        {
            return $"it cannot be reached: {exception.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it gave no answer in {ConnectLimit.TotalSeconds:0} s";
        }
    }
}
