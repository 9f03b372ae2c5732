using DeployHub.Domain.Access;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Webhooks;

[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public WebhookForm Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        (await sender.Send(Input.ToCreate(), cancellationToken)).Match(
            key =>
            {
                this.Flash($"Webhook {Input.Name} is created. Send it a test message to see whether it answers.");
                return Redirect($"/admin/webhooks/{key}");
            },
            error => this.ShowAgain(WebhookForm.ForForm(error), nameof(Input)));
}
