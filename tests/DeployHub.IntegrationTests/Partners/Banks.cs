using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Partners;
using DeployHub.Features.Partners;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Partners;

/// <summary>A bank in Berlin that has to agree to what is deployed live.</summary>
internal static class Banks
{
    private const string Zone = "Europe/Berlin";

    /// <summary>Has to agree to live deployments of the estate. Answers its key.</summary>
    /// <param name="contacts">Their first names; <c>Petra</c> has the address <c>petra@KEY.example</c>.</param>
    public static async Task<string> RegisterBankAsync(this TestHub hub, Estate estate, SilencePolicy silence = SilencePolicy.BlocksFromMediumRisk, params string[] contacts)
    {
        var (bank, mia) = (TestHub.Unique("bank"), hub.As(Role.ReleaseManager));
        (await mia.Send(new RegisterOrganisation(bank, "Partner bank", OrganisationKind.Partner, Zone, 5, silence))).Done();
        foreach (var contact in contacts) (await mia.Send(new AddContact(bank, contact, $"{contact.ToLowerInvariant()}@{bank}.example"))).Done();
        (await mia.Send(new AddConcern(bank, estate.Name, estate.Name, IsRequired: true, RiskBand.Medium))).Done();
        return bank;
    }

    /// <summary>On the first Tuesday that is two weeks ahead, by the bank's clock.</summary>
    public static DateTimeOffset OnATuesday(this TestHub hub, int hour, int minute = 0)
    {
        var day = WallTime.In(hub.Clock.GetUtcNow().AddDays(14), Zone).Date;
        while (day.DayOfWeek is not DayOfWeek.Tuesday) day = day.AddDays(1);
        return WallTime.First(day.AddHours(hour).AddMinutes(minute), Zone);
    }
}
