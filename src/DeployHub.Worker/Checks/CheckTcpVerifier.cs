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

        Knock last = null!;
        var asking = await Asking.UntilGoodAsync(clock, settings.Within, Duration.Of(settings.Every), async _ => (last = await KnockAsync(address, cancellationToken)).Objection(settings.Open), cancellationToken);
        context.Log.Write(asking.Objection is null ? LogStream.Out : LogStream.Error, $"{address}: {last.Said}");
        if (asking.Objection is null) return new StepOutcome.Succeeded([new Evidence($"{address}", settings.Open ? "Somebody listens" : "Nobody listens")]);

        return !settings.Open && last.Listens is null
            ? new StepOutcome.Inconclusive($"Whether nobody listens at {address} cannot be told: {last.Said}.")
            : new StepOutcome.Failed($"{address} should be {(settings.Open ? "open" : "closed")} within {settings.Within}, but {asking.Objection}.", HaltCause.HealthCheckFailed);
    }

    /// <summary>Only a host that refuses says that nobody listens: a name that is not known and silence may have any reason.</summary>
    private static async Task<Knock> KnockAsync(HostAndPort address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectLimit);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, limit.Token);
            return new Knock(true, "somebody listens");
        }
        catch (SocketException exception)
        {
            return new Knock(exception.SocketErrorCode is SocketError.ConnectionRefused ? false : null, $"it cannot be reached: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Knock(null, $"it gave no answer in {ConnectLimit.TotalSeconds:0} s");
        }
    }

    /// <param name="Listens">Null when nobody can tell.</param>
    private sealed record Knock(bool? Listens, string Said)
    {
        public string? Objection(bool shouldListen) => Listens == shouldListen ? null : Said;
    }
}
