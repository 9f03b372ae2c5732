using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Admin;

[Authorize(Policy = nameof(Permission.ManageAccess))]
public sealed class PeopleModel(ISender sender) : PageModel
{
    public sealed class GrantInput
    {
        public string Email { get; set; } = "";

        public Role Role { get; set; }

        public ApproverQuality? Quality { get; set; }

        public bool BreaksGlass { get; set; }

        public string? Service { get; set; }

        public string? Environment { get; set; }
    }

    public sealed class InviteInput
    {
        public string Email { get; set; } = "";

        public string DisplayName { get; set; } = "";
    }

    [BindProperty]
    public GrantInput Input { get; set; } = new();

    [BindProperty]
    public InviteInput Invite { get; set; } = new();

    public IReadOnlyList<ListPeople.Row> People { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Environments { get; private set; } = [];

    public string? InvitationLink { get; private set; }

    public string? Invited { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        People = await sender.Send(new ListPeople(), cancellationToken);
        Environments = [.. (await sender.Send(new ListEnvironments(Limit: 200), cancellationToken)).Rows.Select(environment => new SelectListItem(environment.Name, environment.Key))];
    }

    public Task<IActionResult> OnPostGrantAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new GrantRole(Input.Email, Input.Role, Input.Quality, Input.Service, Input.Environment, Input.BreaksGlass), nameof(Input), $"{Input.Email} was given the role {Words.Of(Input.Role)}.", cancellationToken);

    public Task<IActionResult> OnPostConfirmAsync(Guid id, CancellationToken cancellationToken) => AnswerAsync(new ConfirmGrant(id), "", "The grant is confirmed.", cancellationToken);

    public Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellationToken) => AnswerAsync(new RevokeGrant(id), "", "The role is revoked.", cancellationToken);

    public Task<IActionResult> OnPostDeactivateAsync(string email, CancellationToken cancellationToken) => AnswerAsync(new DeactivatePerson(email), "", $"{email} is closed.", cancellationToken);

    public Task<IActionResult> OnPostReactivateAsync(string email, CancellationToken cancellationToken) => AnswerAsync(new ReactivatePerson(email), "", $"{email} is open again.", cancellationToken);

    public async Task<IActionResult> OnPostInviteAsync(CancellationToken cancellationToken)
    {
        var invited = await sender.Send(new InvitePerson(Invite.Email, Invite.DisplayName), cancellationToken);
        await OnGetAsync(cancellationToken);
        if (invited.Error is { } error) return this.ShowAgain(error, nameof(Invite));

        InvitationLink = $"{Request.Scheme}://{Request.Host}/welcome?token={invited.Value}";
        (Invited, Invite) = (Invite.DisplayName, new InviteInput());
        ModelState.Clear();
        return Page();
    }

    private async Task<IActionResult> AnswerAsync(ICommand<Result> command, string prefix, string done, CancellationToken cancellationToken)
    {
        var result = await sender.Send(command, cancellationToken);
        await OnGetAsync(cancellationToken);
        if (result.Error is { } error) return this.ShowAgain(error, prefix);

        this.Flash(done);
        return RedirectToPage();
    }
}
