using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Partners;
using DeployHub.Features.Partners;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.Partners;

public sealed class ContactForm
{
    public string? Name { get; set; }

    public string? Email { get; set; }

    public string? Phone { get; set; }

    public AddContact ToCommand(string key) => new(key, Name ?? "", Email ?? "", Phone.OrNull());
}

public sealed class ConcernForm
{
    public string? Service { get; set; }

    public string? Environment { get; set; }

    public bool IsRequired { get; set; }

    public RiskBand FromRisk { get; set; }

    public AddConcern ToCommand(string key) => new(key, Service.OrNull(), Environment.OrNull(), IsRequired, FromRisk);
}

public sealed class AgreementForm
{
    /// <summary>Keys, apart by spaces or commas.</summary>
    public string? Services { get; set; }

    public string? Environments { get; set; }

    public ChangeCategory[] Categories { get; set; } = [];

    public RiskBand UpToRisk { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? Until { get; set; }

    public string? Document { get; set; }

    public RecordAgreement ToCommand(string key) => new(
        key, Keys(Services), Keys(Environments), Categories, UpToRisk, Until is { } until ? new DateTimeOffset(DateTime.SpecifyKind(until, DateTimeKind.Utc)) : default, Document ?? "");

    private static string[] Keys(string? text) => (text ?? "").Split([' ', ',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

public sealed class FreezeForm
{
    public string? Name { get; set; }

    public DateTime? Start { get; set; }

    public DateTime? End { get; set; }

    /// <summary>Who asks for it; only a partner is asked.</summary>
    public string? By { get; set; }

    public RecordPartnerFreeze ToCommand(string key) => new(key, Name ?? "", Start ?? default, End ?? default);

    public AddFreezeByPartnerLink ToCommandByLink(string token) => new(token, Name ?? "", Start ?? default, End ?? default, By ?? "");
}

public sealed class EndingForm
{
    public OrganisationEntry Entry { get; set; }

    public int Number { get; set; }

    public string? Reason { get; set; }

    public EndOrganisationEntry ToCommand(string key) => new(key, Entry, Number, Reason ?? "");
}

public sealed class LinkForm
{
    public int Contact { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? ExpiresAt { get; set; }

    public MakePartnerLink ToCommand(string key) => new(key, Contact, ExpiresAt is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null);
}

/// <summary>A freeze that a partner takes back.</summary>
public sealed class TakenBackForm
{
    public int Number { get; set; }

    public string? Reason { get; set; }

    /// <summary>Who takes it back.</summary>
    public string? By { get; set; }

    public TakeBackFreezeByPartnerLink ToCommandByLink(string token) => new(token, Number, Reason ?? "", By ?? "");
}
