using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Partners;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Partners;

/// <summary>One organisation, with a form for each thing that it has several of. Each form binds its own part; the others keep quiet.</summary>
[Authorize(Policy = nameof(Permission.ViewPartners))]
public sealed class DetailsModel(ISender sender, IConfiguration configuration) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public ContactForm Contact { get; set; } = new();

    [BindProperty]
    public ConcernForm Concern { get; set; } = new();

    [BindProperty]
    public AgreementForm Agreement { get; set; } = new();

    [BindProperty]
    public FreezeForm Freeze { get; set; } = new();

    [BindProperty]
    public EndingForm Ending { get; set; } = new();

    [BindProperty]
    public LinkForm Link { get; set; } = new();

    [BindProperty]
    public string? Reason { get; set; }

    public ShowOrganisation.View View { get; private set; } = null!;

    /// <summary>Shown this once.</summary>
    public string? MadeLink { get; private set; }

    public string? MadeFor { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    public Task<IActionResult> OnPostContactAsync(CancellationToken cancellationToken) => AddAsync(Contact.ToCommand(Key), nameof(Contact), "The contact is added.", cancellationToken);

    public Task<IActionResult> OnPostConcernAsync(CancellationToken cancellationToken) =>
        AddAsync(Concern.ToCommand(Key), nameof(Concern), "The rule counts from now on. Plans that were made before take it over when they are edited.", cancellationToken);

    public Task<IActionResult> OnPostAgreementAsync(CancellationToken cancellationToken) =>
        AddAsync(Agreement.ToCommand(Key), nameof(Agreement), "The standing agreement is recorded.", cancellationToken);

    public Task<IActionResult> OnPostFreezeAsync(CancellationToken cancellationToken) => AddAsync(Freeze.ToCommand(Key), nameof(Freeze), "The freeze is recorded.", cancellationToken);

    public async Task<IActionResult> OnPostEndAsync(CancellationToken cancellationToken) =>
        await AnswerAsync((await sender.Send(new EndOrganisation(Key, Reason ?? ""), cancellationToken)).Error, "", "Nothing concerns it any more.", cancellationToken);

    public async Task<IActionResult> OnPostEndEntryAsync(CancellationToken cancellationToken) =>
        await AnswerAsync(this.Unread(nameof(Ending)) ?? (await sender.Send(Ending.ToCommand(Key), cancellationToken)).Error, nameof(Ending), $"The {Words.Of(Ending.Entry)} is ended.", cancellationToken);

    public async Task<IActionResult> OnPostRevokeAsync(Guid revoked, CancellationToken cancellationToken) =>
        await AnswerAsync((await sender.Send(new RevokePartnerLink(Key, revoked), cancellationToken)).Error, "", "The link is revoked.", cancellationToken);

    public async Task<IActionResult> OnPostLinkAsync(CancellationToken cancellationToken)
    {
        if (this.Unread(nameof(Link)) is { } unread) return await AnswerAsync(unread, nameof(Link), "", cancellationToken); // none would mean the usual life

        ModelState.Clear();
        var made = await sender.Send(Link.ToCommand(Key), cancellationToken);
        if (!await LoadAsync(cancellationToken)) return NotFound();
        if (made.Error is { } error) return this.ShowAgain(error, nameof(Link));

        MadeFor = View.Contacts.Single(contact => contact.Number == Link.Contact).Name;
        MadeLink = $"{configuration["DeployHub:PublicAddress"]?.TrimEnd('/') ?? $"{Request.Scheme}://{Request.Host}"}/p/{made.Value}";
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    private async Task<IActionResult> AddAsync(ICommand<Result<int>> command, string prefix, string done, CancellationToken cancellationToken) =>
        await AnswerAsync(this.Unread(prefix) ?? (await sender.Send(command, cancellationToken)).Error, prefix, done, cancellationToken);

    private async Task<IActionResult> AnswerAsync(Error? refusal, string prefix, string done, CancellationToken cancellationToken)
    {
        if (refusal is not null)
        {
            if (prefix.Length == 0) ModelState.Clear(); // the other forms were not sent
            return await LoadAsync(cancellationToken) ? this.ShowAgain(refusal, prefix) : NotFound();
        }

        this.Flash(done);
        return LocalRedirect($"/partners/{Key}");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowOrganisation(Key), cancellationToken);
        if (found.Error is not null) return false;

        View = found.Value;
        return true;
    }
}
