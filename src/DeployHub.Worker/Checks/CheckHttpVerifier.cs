using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckHttpVerifier(IHttpClientFactory clients, TimeProvider clock) : StepExecutor<CheckHttp>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckHttp settings, StepContext context, CancellationToken cancellationToken)
    {
        var end = clock.GetUtcNow() + Duration.Of(settings.Within);
        for (var asked = 1; ; asked++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, settings.Url);
            var answer = await HttpAnswer.GetAsync(clients.CreateClient("checks"), request, cancellationToken);
            var objection = answer.Objection(settings.ExpectStatus, settings.ExpectText);
            if (asked == 1 || objection is null) context.Log.Write(LogStream.Out, $"GET {settings.Url}: {answer.Summary}");
            if (objection is null) return new StepOutcome.Succeeded([new Evidence("Healthy after questions", $"{asked}")]);

            if (clock.GetUtcNow() >= end)
            {
                context.Log.Write(LogStream.Error, $"GET {settings.Url} {objection}");
                return new StepOutcome.Failed($"{settings.Url} did not become healthy within {settings.Within}: it {objection}", HaltCause.HealthCheckFailed);
            }

            await Task.Delay(Duration.Of(settings.Every), clock, cancellationToken);
        }
    }
}
