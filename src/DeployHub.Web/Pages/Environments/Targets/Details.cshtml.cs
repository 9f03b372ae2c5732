using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Environments.Targets;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender, TimeProvider clock) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [FromRoute]
    public string Name { get; set; } = "";

    public ShowTarget.View Target { get; private set; } = null!;

    /// <summary>Its own key, shown this once.</summary>
    public string? Token { get; private set; }

    /// <summary>The names of the secrets, which is all that anybody but the worker knows.</summary>
    public static string SignsIn(ISshHost host) => host.SignIn is SshSignIn.Agent
        ? "with the worker's SSH agent"
        : $"{host.Credential}{(host.Passphrase is { } passphrase ? $", opened by {passphrase}" : "")}{(host.Certificate is { } certificate ? $", certified by {certificate}" : "")}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowTarget(Key, Name), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Target = found.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostKeyAsync(CancellationToken cancellationToken)
    {
        var issued = await sender.Send(new IssueTargetKey(Key, Name, clock.GetUtcNow().AddDays(90)), cancellationToken);
        Token = issued.Error is null ? issued.Value : null;
        var shown = await OnGetAsync(cancellationToken);
        return issued.Error is { } error && Target is not null ? this.ShowAgain(error) : shown;
    }

    public async Task<IActionResult> OnPostRetireAsync(CancellationToken cancellationToken)
    {
        var result = await sender.Send(new RetireTarget(Key, Name), cancellationToken);
        if (result.Error is null)
        {
            this.Flash($"Target {Name} is retired.");
            return Redirect($"/environments/{Key}#targets");
        }

        var shown = await OnGetAsync(cancellationToken);
        return Target is null ? shown : this.ShowAgain(result.Error);
    }
}
