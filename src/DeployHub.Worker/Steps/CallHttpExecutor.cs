using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

internal sealed class CallHttpExecutor(IHttpClientFactory clients) : StepExecutor<CallHttp>
{
    protected override async Task<StepOutcome> ExecuteAsync(CallHttp settings, StepContext context, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(settings.Method), settings.Url);
        if (settings.Body is not null) request.Content = new StringContent(settings.Body);
        foreach (var (name, value) in settings.Headers ?? new Dictionary<string, string>())
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.Remove(name);
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }

        var answer = await HttpAnswer.GetAsync(clients.CreateClient("steps"), request, cancellationToken);
        context.Log.Write(LogStream.Out, $"{settings.Method} {settings.Url}: {answer.Summary}");
        return answer.Objection(settings.ExpectStatus, settings.ExpectText) is { } objection
            ? new StepOutcome.Failed($"{settings.Method} {settings.Url} {objection}")
            : new StepOutcome.Succeeded([new Evidence("Status", answer.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "")]);
    }
}
