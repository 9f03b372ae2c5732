using DeployHub.Domain.Partners;
using DeployHub.Features.Partners;

namespace DeployHub.Web.Pages.Partners;

/// <summary>What people type about an organisation.</summary>
public sealed class OrganisationForm
{
    public string? Key { get; set; }

    public string? Name { get; set; }

    public OrganisationKind Kind { get; set; }

    public string? TimeZone { get; set; } = "UTC";

    public int NoticeDays { get; set; } = Organisation.UsualNotice;

    public SilencePolicy Silence { get; set; }

    public uint? Seen { get; set; }

    public RegisterOrganisation ToRegister() => new(Key ?? "", Name ?? "", Kind, TimeZone ?? "", NoticeDays, Silence);

    public DescribeOrganisation ToDescribe(string key) => new(key, Name ?? "", Kind, TimeZone ?? "", NoticeDays, Silence, Seen);

    public static OrganisationForm Of(ShowOrganisation.View organisation) => new()
    {
        Key = organisation.Key,
        Name = organisation.Name,
        Kind = organisation.Kind,
        TimeZone = organisation.TimeZone,
        NoticeDays = organisation.NoticeDays,
        Silence = organisation.Silence,
        Seen = organisation.RowVersion,
    };
}
