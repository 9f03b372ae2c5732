using System.Globalization;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

internal sealed class SendWebhookExecutor(IHttpClientFactory clients, TimeProvider clock) : StepExecutor<SendWebhook>
{
    protected override async Task<StepOutcome> ExecuteAsync(SendWebhook settings, StepContext context, CancellationToken cancellationToken)
    {
        var message = WebhookMessage.Of(context.StepKey, settings.Type, settings.Data ?? new Dictionary<string, string>(), clock.GetUtcNow());
        using var request = message.Signed(settings.Url, settings.Secret);
        if (request is null) return new StepOutcome.Failed($"The webhook for {settings.Url} cannot be signed: its secret is no key in base64, such as whsec_….", HaltCause.CredentialInvalid);

        var answer = await HttpAnswer.GetAsync(clients.CreateClient("steps"), request, cancellationToken);
        context.Log.Write(LogStream.Out, $"POST {settings.Url} ({message.Id}): {answer.Summary}");
        return answer.Objection(settings.ExpectStatus, null) is { } objection
            ? new StepOutcome.Failed($"The webhook {settings.Type} for {settings.Url} {objection}")
            : new StepOutcome.Succeeded([new Evidence("Message", message.Id), new Evidence("Status", answer.Status!.Value.ToString(CultureInfo.InvariantCulture))]);
    }
}
