using System.Globalization;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using Microsoft.Extensions.Configuration;

namespace DeployHub.Worker.Steps;

/// <summary>
/// Sends a message, and where its receiver does the work waits for the report. Then the first visit stores a ticket and sends nothing, the
/// second sends, and one at the deadline says who did not report.
/// </summary>
internal sealed class SendWebhookExecutor(IHttpClientFactory clients, IConfiguration configuration, TimeProvider clock) : StepExecutor<SendWebhook>
{
    protected override async Task<StepOutcome> ExecuteAsync(SendWebhook settings, StepContext context, CancellationToken cancellationToken)
    {
        if (WebhookMessage.KeyOf(settings.Secret) is not { Length: > 0 } key) return new StepOutcome.Failed($"The webhook for {settings.Url} cannot be signed: its secret is no key in base64, such as whsec_….", HaltCause.CredentialInvalid);
        if (settings.AwaitsReport) return await AskAsync(settings, key, context, cancellationToken);

        var (message, answer) = await SendAsync(settings, context, null, cancellationToken);
        return answer.Objection(settings.ExpectStatus, null) is { } objection
            ? new StepOutcome.Failed($"The webhook {settings.Type} for {settings.Url} {objection}")
            : new StepOutcome.Succeeded([new Evidence("Message", message.Id), new Evidence("Status", answer.Status!.Value.ToString(CultureInfo.InvariantCulture))]);
    }

    private async Task<StepOutcome> AskAsync(SendWebhook settings, byte[] key, StepContext context, CancellationToken cancellationToken)
    {
        if (PublicAddress.From(configuration) is not { } address) return new StepOutcome.Failed($"The webhook for {settings.Url} asks for a report, but no receiver could reach this DeployHub: {PublicAddress.Rule}", HaltCause.PrerequisiteMissing);

        var callback = WebhookCallback.Of(address, key, context);
        if (CallbackTicket.Parse(context.Ticket) is not { } ticket) return new StepOutcome.StillRunning($"{callback.Ticket(isSent: false)}", TimeSpan.Zero);

        var (who, left) = (new Uri(settings.Url).Authority, callback.Deadline - clock.GetUtcNow());
        if (left <= TimeSpan.Zero) return new StepOutcome.TimedOut(ticket.IsSent ? $"{who} did not report the end of it within {context.Timeout}." : $"The webhook for {who} was not sent in time.");
        if (ticket.IsSent) return new StepOutcome.StillRunning($"{ticket}", left) { ReportedBy = who };
        if (ticket.Token != callback.Ticket(isSent: false).Token) return new StepOutcome.Failed($"The secret that signs the webhook for {who} was changed between two visits; nothing was sent.", HaltCause.CredentialInvalid);

        var (_, answer) = await SendAsync(settings, context, callback, cancellationToken);
        return answer.Objection(settings.ExpectStatus, null) is { } objection
            ? new StepOutcome.Failed(callback.Without($"The webhook {settings.Type} for {settings.Url} {objection}"))
            : new StepOutcome.StillRunning($"{callback.Ticket(isSent: true)}", left) { ReportedBy = who };
    }

    private async Task<(WebhookMessage, HttpAnswer)> SendAsync(SendWebhook settings, StepContext context, WebhookCallback? callback, CancellationToken cancellationToken)
    {
        // What asks for a report carries a token of its attempt, so that another attempt is another message.
        var message = WebhookMessage.Of(callback is null ? context.StepKey : context.Key, settings.Type, settings.Data ?? new Dictionary<string, string>(), clock.GetUtcNow(), callback);
        using var request = message.Signed(settings.Url, settings.Secret)!;
        var answer = await HttpAnswer.GetAsync(clients.CreateClient("steps"), request, cancellationToken);
        var line = $"POST {settings.Url} ({message.Id}): {answer.Summary}";
        context.Log.Write(LogStream.Out, callback?.Without(line) ?? line);
        return (message, answer);
    }
}
