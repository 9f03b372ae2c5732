using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Partners;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Services;

public sealed class RecipientForm
{
    public string? Name { get; set; }

    public string? Email { get; set; }

    public string? Organisation { get; set; }
}

/// <summary>The distribution list of a service.</summary>
[Authorize(Policy = nameof(Permission.ViewPartners))]
public sealed class RecipientsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public RecipientForm Input { get; set; } = new();

    [BindProperty]
    public string? Reason { get; set; }

    public IReadOnlyList<ListRecipients.Row> Recipients { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken) => await AnswerAsync(
        (await sender.Send(new AddRecipient(Key, Input.Name ?? "", Input.Email ?? "", Input.Organisation.OrNull()), cancellationToken)).Error, nameof(Input), $"{Input.Name} is told from now on.", cancellationToken);

    public async Task<IActionResult> OnPostEndAsync(Guid recipient, CancellationToken cancellationToken) =>
        await AnswerAsync((await sender.Send(new EndRecipient(Key, recipient, Reason ?? ""), cancellationToken)).Error, "", "They are told no more.", cancellationToken);

    private async Task<IActionResult> AnswerAsync(Error? refusal, string prefix, string done, CancellationToken cancellationToken)
    {
        if (refusal is not null)
        {
            ModelState.Clear();
            return await LoadAsync(cancellationToken) ? this.ShowAgain(refusal, prefix) : NotFound();
        }

        this.Flash(done);
        return LocalRedirect($"/services/{Key}/recipients");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ListRecipients(Key), cancellationToken);
        if (found.Error is not null) return false;

        Recipients = found.Value;
        return true;
    }
}
