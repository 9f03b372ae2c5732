using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Webhooks;

[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [FromQuery]
    public string? After { get; set; }

    public ShowWebhook.View? Webhook { get; private set; }

    public Page<ListDeliveries.Row> Deliveries { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowWebhook(Key), cancellationToken);
        if (found.Error is { } missing) return this.ShowAgain(missing);

        Webhook = found.Value;
        Deliveries = (await sender.Send(new ListDeliveries(Key, After: After), cancellationToken)).Value;
        return Page();
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancellationToken)
    {
        var sent = await sender.Send(new TestWebhook(Key), cancellationToken);
        return await AnswerAsync(sent.Error, "A test message is on its way; look again in a few seconds.", cancellationToken);
    }

    public async Task<IActionResult> OnPostReplayAsync(Guid delivery, CancellationToken cancellationToken) =>
        await AnswerAsync((await sender.Send(new ReplayDelivery(delivery), cancellationToken)).Error, "The message is sent once more.", cancellationToken);

    public async Task<IActionResult> OnPostEnableAsync(CancellationToken cancellationToken) =>
        await AnswerAsync((await sender.Send(new EnableWebhook(Key), cancellationToken)).Error, "It is told again, and what waits is sent.", cancellationToken);

    public async Task<IActionResult> OnPostDisableAsync(CancellationToken cancellationToken) =>
        await AnswerAsync((await sender.Send(new DisableWebhook(Key), cancellationToken)).Error, "It is told nothing any more; what waits is kept.", cancellationToken);

    private async Task<IActionResult> AnswerAsync(Error? refusal, string sentence, CancellationToken cancellationToken)
    {
        if (refusal is not null)
        {
            await OnGetAsync(cancellationToken);
            return this.ShowAgain(refusal);
        }

        this.Flash(sentence);
        return Redirect($"/admin/webhooks/{Key}");
    }
}
