using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Admin;

[Authorize(Policy = nameof(Permission.ManageAccess))]
public sealed class ApiClientsModel(ISender sender, TimeProvider clock) : PageModel
{
    public sealed class ClientInput
    {
        public string Name { get; set; } = "";

        public DateTime ExpiresAt { get; set; }

        public string? Service { get; set; }

        public string? Environments { get; set; }
    }

    [BindProperty]
    public ClientInput Input { get; set; } = new();

    public IReadOnlyList<ListApiClients.Row> Clients { get; private set; } = [];

    /// <summary>Shown this once.</summary>
    public string? Token { get; private set; }

    public string? TokenOf { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (Input.ExpiresAt == default) Input.ExpiresAt = clock.GetUtcNow().UtcDateTime.Date.AddDays(90);
        Clients = await sender.Send(new ListApiClients(), cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var environments = (Input.Environments ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var expires = new DateTimeOffset(DateTime.SpecifyKind(Input.ExpiresAt, DateTimeKind.Utc));
        var created = await sender.Send(new CreateApiClient(Input.Name, expires, string.IsNullOrWhiteSpace(Input.Service) ? null : Input.Service, environments), cancellationToken);
        if (created.Error is null)
        {
            (Token, TokenOf, Input) = (created.Value, Input.Name, new ClientInput());
            ModelState.Clear();
        }

        await OnGetAsync(cancellationToken);
        return created.Error is { } error ? this.ShowAgain(error, nameof(Input)) : Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        var revoked = await sender.Send(new RevokeApiClient(id), cancellationToken);
        await OnGetAsync(cancellationToken);
        return revoked.Match(() => RedirectToPage(), error => this.ShowAgain(error));
    }
}
