using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Calendar;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Calendar.Windows;

/// <summary>A new window; what is typed is said in words before it is kept.</summary>
[Authorize(Policy = nameof(Permission.DefineWindows))]
public sealed class NewModel(ISender sender) : PageModel
{
    [BindProperty]
    public WindowForm Input { get; set; } = new();

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

    public async Task<IActionResult> OnPostDefineAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (Input.When.Read(ModelState, "Input.When") is not { } when) return Page();

        return (await sender.Send(new DefineWindow(Input.Name ?? "", Input.Reason ?? "", Input.Owner ?? "", Input.Scope.ToInput(), when), cancellationToken)).Match(
            number =>
            {
                this.Flash($"{number} is defined.");
                return LocalRedirect($"/calendar/windows/{number}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task LoadAsync(CancellationToken cancellationToken) => Input.Scope.Environments = await sender.EnvironmentsAsync(cancellationToken);
}
