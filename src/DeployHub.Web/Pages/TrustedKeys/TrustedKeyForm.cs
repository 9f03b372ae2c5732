using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;

namespace DeployHub.Web.Pages.TrustedKeys;

/// <summary>What people type about a trusted key.</summary>
public sealed class TrustedKeyForm
{
    public string? Key { get; set; }

    public string? Name { get; set; }

    public TrustedKeyKind Kind { get; set; }

    public string? PublicKey { get; set; }

    /// <summary>Keys, separated by commas.</summary>
    public string? Services { get; set; }

    /// <summary>The last day on which it is trusted, in UTC.</summary>
    public DateOnly? TrustedUntil { get; set; }

    /// <summary>As the field calls it.</summary>
    public static string Word(TrustedKeyKind kind) => kind switch
    {
        TrustedKeyKind.OpenPgp => "OpenPGP",
        TrustedKeyKind.Pem => "PEM (cosign, DSSE)",
        TrustedKeyKind.SigstoreRoot => "Sigstore trusted root",
        _ => "minisign",
    };

    public RegisterTrustedKey ToRegister() => new(
        Key ?? "", Name ?? "", Kind, PublicKey ?? "",
        (Services ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ValidUntil: TrustedUntil is { } last ? new DateTimeOffset(last.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : null);
}
