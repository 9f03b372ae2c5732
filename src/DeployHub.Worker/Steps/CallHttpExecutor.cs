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
        if (answer.Objection(settings.ExpectStatus, settings.ExpectText) is { } objection) return new StepOutcome.Failed($"{settings.Method} {settings.Url} {objection}");

        return new StepOutcome.Succeeded([new Evidence("Status", answer.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "")]) { Outputs = OutputsOf(settings, answer, context.Log) };
    }

    /// <summary>What the answer does not say is not said: only the step that needs it fails.</summary>
    private static Dictionary<string, string>? OutputsOf(CallHttp settings, HttpAnswer answer, IStepLog log)
    {
        if (settings.Outputs is not { Count: > 0 } asked) return null;

        var said = new Dictionary<string, string>();
        foreach (var (name, pointer) in asked)
            if (JsonPointer.Find(answer.Body, pointer) is { } value) said[name] = value;
            else log.Write(LogStream.Hub, $"The answer has nothing at {pointer}, so {name} is not said.");
        return said;
    }
}
