using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Access;

/// <summary>One's own tokens, for the command line and scripts.</summary>
[Authorize(Policy = nameof(Permission.MakeTokens))]
public sealed class TokensModel(ISender sender, TimeProvider clock) : PageModel
{
    public sealed class TokenInput
    {
        public string Name { get; set; } = "";

        public TokenScope Scope { get; set; }

        /// <summary>Good until this day begins, in UTC.</summary>
        public DateOnly ExpiresAt { get; set; }
    }

    [BindProperty]
    public TokenInput Input { get; set; } = new();

    [FromQuery]
    public string? After { get; set; }

    public Page<ListPersonalTokens.Row> List { get; private set; } = new([], null);

    /// <summary>Shown this once.</summary>
    public string? Token { get; private set; }

    public string? TokenOf { get; private set; }

    public static string Meaning(TokenScope scope) => scope is TokenScope.ReadOnly ? "only read what you may see" : "do everything you may, but manage access";

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (Input.ExpiresAt == default) Input.ExpiresAt = DateOnly.FromDateTime((clock.GetUtcNow() + PersonalToken.UsualLife).UtcDateTime);
        List = (await sender.Send(new ListPersonalTokens(After: After), cancellationToken)).Value; // one's own are refused to nobody
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var expires = new DateTimeOffset(Input.ExpiresAt, TimeOnly.MinValue, TimeSpan.Zero);
        var created = await sender.Send(new CreatePersonalToken(Input.Name, Input.Scope, expires), cancellationToken);
        if (created.Error is null)
        {
            (Token, TokenOf, Input) = (created.Value, Input.Name.Trim(), new TokenInput());
            ModelState.Clear();
        }

        await OnGetAsync(cancellationToken);
        return created.Error is { } refusal ? this.ShowAgain(refusal, nameof(Input)) : Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        ModelState.Clear(); // the form of the other card was not sent
        var revoked = await sender.Send(new RevokePersonalToken(id), cancellationToken);
        await OnGetAsync(cancellationToken);
        if (revoked.Error is { } refusal) return this.ShowAgain(refusal);

        this.Flash("The token is revoked: it opens nothing any more.");
        return Redirect("/account/tokens");
    }
}
