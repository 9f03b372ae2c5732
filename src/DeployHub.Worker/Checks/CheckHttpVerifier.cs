using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckHttpVerifier(IHttpClientFactory clients, TimeProvider clock) : StepExecutor<CheckHttp>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckHttp settings, StepContext context, CancellationToken cancellationToken)
    {
        var asking = await Asking.UntilGoodAsync(clock, settings.Within, Duration.Of(settings.Every), async asked =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, settings.Url);
            var answer = await HttpAnswer.GetAsync(clients.CreateClient("checks"), request, cancellationToken);
            var objection = answer.Objection(settings.ExpectStatus, settings.ExpectText);
            if (asked == 1 || objection is null) context.Log.Write(LogStream.Out, $"GET {settings.Url}: {answer.Summary}");
            return objection;
        }, cancellationToken);
        if (asking.Objection is null) return new StepOutcome.Succeeded([new Evidence("Healthy after questions", $"{asking.Asked}")]);

        context.Log.Write(LogStream.Error, $"GET {settings.Url} {asking.Objection}");
        return new StepOutcome.Failed($"{settings.Url} did not become healthy within {settings.Within}: it {asking.Objection}", HaltCause.HealthCheckFailed);
    }
}
