using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Partners;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Partners;

/// <summary>What is known of an organisation, and that nothing of it is ever deleted.</summary>
public sealed class KnowingOrganisations
{
    private static readonly DateTimeOffset Now = Given.Now;
    private readonly Organisation _bank = Organisation.Register("bank", "Bank", OrganisationKind.Partner, "Europe/Berlin", 5, SilencePolicy.BlocksFromMediumRisk, Given.Dora, Now);

    [Fact]
    public void A_rule_names_service_environment_and_risk()
    {
        _bank.AddConcern("payments", "production", isRequired: true, RiskBand.Medium).Value.ShouldBe(1);
        _bank.AddConcern(null, "staging", isRequired: false, RiskBand.Low).Value.ShouldBe(2);

        _bank.HasToAgreeTo("payments", "production", RiskBand.Medium).ShouldBeTrue();
        _bank.HasToAgreeTo("payments", "production", RiskBand.Low).ShouldBeFalse();
        _bank.HasToAgreeTo("shop", "production", RiskBand.High).ShouldBeFalse();
        _bank.HasToAgreeTo("shop", "staging", RiskBand.High).ShouldBeFalse("it is only informed");
        _bank.IsConcernedBy("payments", "production").ShouldBeTrue();
        _bank.IsConcernedBy("shop", "staging").ShouldBeTrue();

        _bank.EndEntry(OrganisationEntry.Concern, 1, "New contract", Given.Dora, Now).Error.ShouldBeNull();
        _bank.IsConcernedBy("payments", "production").ShouldBeFalse();
    }

    [Fact]
    public void A_contact_may_leave_by_the_address_and_that_stays_readable()
    {
        _bank.AddContact("Petra", "Petra@bank.example", null).Value.ShouldBe(1);
        var petra = new Actor("petra", "Petra");

        _bank.Leave("paula@bank.example", petra, Now).Error!.Code.ShouldBe("organisation.not-your-contact");
        _bank.Leave("petra@bank.example", petra, Now).Error.ShouldBeNull();
        _bank.Contacts.Single().Ended.ShouldBe(new Ending("Left by their own wish.", petra, Now));
        _bank.Leave("petra@bank.example", petra, Now).Error!.Code.ShouldBe("organisation.not-your-contact");
        _bank.AddContact("Petra", "petra@bank.example", null).Value.ShouldBe(2, "whoever names her again says so, and she hears of it again");
    }

    [Theory]
    [InlineData(SilencePolicy.Blocks, true, true, true)]
    [InlineData(SilencePolicy.CountsAsAgreed, false, false, false)]
    [InlineData(SilencePolicy.BlocksFromMediumRisk, false, true, true)]
    [InlineData(SilencePolicy.BlocksFromHighRisk, false, false, true)]
    public void Silence_blocks_by_policy_and_risk(SilencePolicy policy, bool low, bool medium, bool high) =>
        new[] { policy.Blocks(RiskBand.Low), policy.Blocks(RiskBand.Medium), policy.Blocks(RiskBand.High) }.ShouldBe([low, medium, high]);

    [Fact]
    public void A_standing_agreement_covers_what_it_names_until_it_ends()
    {
        _bank.Agree([], [], [], RiskBand.Low, Now, "Contract", Given.Dora, Now).Error.ShouldBe(PartnerErrors.AgreementOver);
        _bank.Agree([], [], [], RiskBand.Low, Now.AddDays(732), "Contract", Given.Dora, Now).Error.ShouldBe(PartnerErrors.AgreementOver);
        _bank.Agree(["payments"], ["production"], [ChangeCategory.Normal], RiskBand.Medium, Now.AddDays(90), "Contract", Given.Dora, Now).Error.ShouldBeNull();

        var agreement = _bank.Agreements.Single();
        agreement.Covers("payments", "production", ChangeCategory.Normal, RiskBand.Medium, Now.AddDays(89)).ShouldBeTrue();
        agreement.Covers("payments", "production", ChangeCategory.Normal, RiskBand.Medium, Now.AddDays(90)).ShouldBeFalse("it starts too late");
        agreement.Covers("payments", "production", ChangeCategory.Normal, RiskBand.High, Now).ShouldBeFalse();
        agreement.Covers("payments", "production", ChangeCategory.Emergency, RiskBand.Low, Now).ShouldBeFalse();
        agreement.Covers("shop", "production", ChangeCategory.Normal, RiskBand.Low, Now).ShouldBeFalse();
        (agreement with { Ended = new Ending("Cancelled", Given.Dora, Now) }).Covers("payments", "production", ChangeCategory.Normal, RiskBand.Low, Now).ShouldBeFalse();
    }

    [Fact]
    public void Its_own_freeze_is_read_on_its_clock_and_sent_twice_is_one()
    {
        var (start, end) = (new DateTime(2026, 12, 15), new DateTime(2026, 12, 18));
        _bank.Freeze("Year end", start, end, null, Given.Dora, Now).Value.ShouldBe(1);
        _bank.Freeze("Year end", start, end, null, Given.Dora, Now).Value.ShouldBe(1);
        _bank.Freezes.ShouldHaveSingleItem().StartsAt.ShouldBe(new DateTimeOffset(2026, 12, 14, 23, 0, 0, TimeSpan.Zero));

        _bank.Freeze("Backwards", end, start, null, Given.Dora, Now).Error.ShouldBe(PartnerErrors.FreezeBackwards);
        _bank.Freeze("Over", new DateTime(2026, 1, 1), new DateTime(2026, 1, 2), null, Given.Dora, Now).Error.ShouldBe(PartnerErrors.FreezeOver);
        _bank.Freeze("Long", start, start.AddDays(93), null, Given.Dora, Now).Error.ShouldBe(PartnerErrors.FreezeTooLong);
        _bank.Freeze("Far", new DateTime(9999, 12, 31, 22, 0, 0), DateTime.MaxValue, "America/New_York", Given.Dora, Now).Error.ShouldBe(PartnerErrors.FreezeTooFar);
        _bank.Freeze("Long ago", new DateTime(1, 1, 1, 0, 1, 0), new DateTime(1, 1, 1, 0, 2, 0), "Asia/Tokyo", Given.Dora, Now).Error.ShouldBe(PartnerErrors.FreezeOver);
        _bank.Freeze("Not there", new DateTime(2027, 3, 28, 2, 45, 0), new DateTime(2027, 3, 28, 3, 15, 0), "Europe/Berlin", Given.Dora, Now).Error.ShouldBe(PartnerErrors.FreezeBackwards);

        var freeze = _bank.Freezes[0];
        freeze.Overlaps(freeze.EndsAt, freeze.EndsAt.AddHours(1)).ShouldBeFalse("its end is no part of it");
        freeze.Overlaps(freeze.EndsAt.AddMinutes(-1), freeze.EndsAt.AddHours(1)).ShouldBeTrue();
    }

    [Fact]
    public void What_is_ended_stays_and_its_number_stays_taken()
    {
        _bank.AddContact("Petra", "petra@bank.example", null).Value.ShouldBe(1);
        _bank.AddContact("P.", "PETRA@bank.example", null).Error!.Code.ShouldBe("organisation.contact-taken");
        _bank.EndEntry(OrganisationEntry.Contact, 1, "Left", Given.Dora, Now).Error.ShouldBeNull();
        _bank.EndEntry(OrganisationEntry.Contact, 1, "Left", Given.Dora, Now).Error!.Code.ShouldBe("organisation.entry-ended");
        _bank.EndEntry(OrganisationEntry.Freeze, 1, "Gone", Given.Dora, Now).Error!.Code.ShouldBe("freeze.not-found");
        _bank.AddContact("Petra", "petra@bank.example", null).Value.ShouldBe(2);
        _bank.Contacts.Count.ShouldBe(2);
    }

    [Fact]
    public void An_organisation_that_is_ended_takes_nothing_more_and_nothing_concerns_it()
    {
        _bank.AddConcern(null, null, isRequired: true, RiskBand.Low);
        _bank.End("Merged", Given.Dora, Now).Error.ShouldBeNull();
        _bank.End("Merged", Given.Dora, Now).Error!.Code.ShouldBe("organisation.ended");
        _bank.AddContact("Petra", "petra@bank.example", null).Error!.Code.ShouldBe("organisation.ended");
        _bank.Describe("Other", OrganisationKind.Consumer, "UTC", 1, SilencePolicy.Blocks).Error!.Code.ShouldBe("organisation.ended");
        _bank.HasToAgreeTo("payments", "production", RiskBand.High).ShouldBeFalse();
    }

    [Fact]
    public void A_link_is_one_contact_s_and_says_when_somebody_else_used_it()
    {
        _bank.AddContact("Petra", "petra@bank.example", null);
        LinkFor(2, Now.AddDays(1)).Error!.Code.ShouldBe("contact.not-found");
        LinkFor(1, Now).Error.ShouldBe(PartnerErrors.LinkTooLong);
        LinkFor(1, Now.AddDays(91)).Error.ShouldBe(PartnerErrors.LinkTooLong);

        var link = LinkFor(1, Now.AddDays(30)).Value;
        link.TokenDigest.ShouldBe(Digest.OfText("dho_token"));
        link.ToActor(_bank, "petra").Name.ShouldBe("Petra (Bank), by a link that Dora made");
        link.ToActor(_bank, "Paula").Name.ShouldBe("Paula (Bank), by the link of Petra, which Dora made");
    }

    [Fact]
    public void A_link_opens_until_it_expires_is_revoked_or_its_contact_leaves()
    {
        _bank.AddContact("Petra", "petra@bank.example", null);
        var link = LinkFor(1, Now.AddDays(30)).Value;
        link.Opens(_bank, Now.AddDays(30).AddSeconds(-1)).ShouldBeTrue();
        link.Opens(_bank, Now.AddDays(30)).ShouldBeFalse();
        link.Opens(Organisation.Register("other", "Other", OrganisationKind.Partner, "UTC", 5, SilencePolicy.Blocks, Given.Dora, Now), Now).ShouldBeFalse();

        link.Revoke(Given.Dora, Now).Error.ShouldBeNull();
        link.Opens(_bank, Now).ShouldBeFalse();
        link.Revoke(Given.Dora, Now).Error.ShouldBe(AccessErrors.AlreadyRevoked);

        var second = LinkFor(1, Now.AddDays(30)).Value;
        _bank.EndEntry(OrganisationEntry.Contact, 1, "Left", Given.Dora, Now);
        second.Opens(_bank, Now).ShouldBeFalse();
        LinkFor(1, Now.AddDays(1)).Error!.Code.ShouldBe("organisation.entry-ended");
    }

    private Result<PartnerLink> LinkFor(int contact, DateTimeOffset until) => PartnerLink.Make(_bank, contact, "dho_token", until, Given.Dora, Now);
}
