using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Calendar.Freezes;

/// <summary>A new freeze; what is typed is said in words before it is declared.</summary>
[Authorize(Policy = nameof(Permission.DeclareFreezes))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public FreezeForm Input { get; set; } = new();

    public PreviewRecurrence.View? Preview { get; private set; }

    public async Task OnGetAsync(string? environment, CancellationToken cancellationToken)
    {
        Input.Scope.Environment = environment;
        Input.When.Zone = await sender.OwnZoneAsync(cancellationToken);
        await LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (Input.When.Read(ModelState, "Input.When") is not { } when) return Page();

        var preview = await sender.Send(new PreviewRecurrence(when), cancellationToken);
        if (preview.Error is { } error) return this.ShowAgain(error, nameof(Input));

        Preview = preview.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostDeclareAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (string.IsNullOrEmpty(Input.Scope.Environment)) ModelState.AddModelError("Input.Scope.Environment", "Say where it holds: one environment, or every one.");
        if (Input.When.Read(ModelState, "Input.When") is not { } when) return Page();

        var command = new DeclareFreeze(Input.Name ?? "", Input.Reason ?? "", Input.Scope.ToInput(), when, Input.Exempt, Input.ApproverQuality, Input.ApproverEmail.OrNull());
        return (await sender.Send(command, cancellationToken)).Match(
            number =>
            {
                this.Flash($"{number} is declared. Whoever planned something then is told.");
                return LocalRedirect($"/calendar/freezes/{number}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task LoadAsync(CancellationToken cancellationToken) => Input.Scope.Environments = await sender.EnvironmentsAsync(cancellationToken);
}
