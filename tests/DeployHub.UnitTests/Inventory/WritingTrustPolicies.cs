using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.UnitTests.Inventory;

/// <summary>A trust policy changes by versions only; what relaxes it needs a second person, and its end relaxes nothing.</summary>
public sealed class WritingTrustPolicies
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Now.AddYears(1);
    private static readonly Actor Adam = new("adam", "Adam");
    private static readonly Actor Eve = new("eve", "Eve");
    private static readonly CheckSignature Signed = new("{path}.minisig", Keys: ["release"]);
    private static readonly CheckProvenance Built = new("{path}.intoto.jsonl", ["https://ci.acme.example/builder"], Keys: ["build"]);
    private static readonly Applicability Production = new() { Services = ["shop"], Tiers = [Tier.Production] };

    public static TheoryData<string, Applicability, TrustDemands, bool> Versions => new()
    {
        { "renewed", Production, new(Signed), false },
        { "demands more", Production, new(Signed, Built), false },
        { "binds more services", new() { Tiers = [Tier.Production] }, new(Signed), false },
        { "binds more tiers", new() { Services = ["shop"], Tiers = [Tier.Staging, Tier.Production] }, new(Signed), false },
        { "demands something else", Production, new(Provenance: Built), true },
        { "allows another key", Production, new(Signed with { Keys = ["release", "laptop"] }), true },
        { "binds another service", new() { Services = ["billing"], Tiers = [Tier.Production] }, new(Signed), true },
        { "binds fewer tiers", new() { Services = ["shop"], Tiers = [Tier.Staging] }, new(Signed), true },
        { "binds one kind instead of all", Production with { Kinds = [ComponentKind.Software] }, new(Signed), true },
    };

    [Theory, MemberData(nameof(Versions))]
    public void The_author_renews_and_tightens_alone_but_does_not_relax_alone(string what, Applicability appliesTo, TrustDemands demands, bool relaxes)
    {
        var alone = Policy();
        alone.Publish(appliesTo, demands, Later, "Reviewed", Adam, Now).Error?.Code.ShouldBe("trust-policy.author-may-not-relax", what);
        alone.Versions.Count.ShouldBe(relaxes ? 1 : 2, what);

        var together = Policy();
        together.Publish(appliesTo, demands, Later, "Reviewed", Eve, Now).Error.ShouldBeNull(what);
        (together.Newest.Number, together.Versions[0].Number, together.Versions[0].Demands).ShouldBe((2, 1, new TrustDemands(Signed)));
    }

    [Fact]
    public void It_is_withdrawn_by_somebody_else_and_for_good()
    {
        var policy = Policy();
        policy.Withdraw("Not needed", Adam, Now).Error!.ShouldSatisfyAllConditions(error => error.Code.ShouldBe("trust-policy.author-may-not-relax"), error => error.WhoCould.ShouldBe("another administrator"));
        policy.Withdraw("Not needed", Eve, Now).Error.ShouldBeNull();

        (policy.StateAt(Now), policy.Binds("shop", Tier.Production, ComponentKind.Software)).ShouldBe((TrustPolicyState.Withdrawn, false));
        policy.Withdraw("Once more", Eve, Now).Error!.Code.ShouldBe("trust-policy.withdrawn");
        policy.Publish(Production, new(Signed), Later, "Again", Eve, Now).Error!.Code.ShouldBe("trust-policy.withdrawn");
    }

    [Fact]
    public void Who_wrote_what_holds_now_does_not_relax_it_because_somebody_else_renewed_it()
    {
        var policy = Policy();
        policy.Publish(Production, new(Signed), Later.AddYears(1), "Renewed", Eve, Now).Error.ShouldBeNull();

        foreach (var author in new[] { Adam, Eve })
        {
            policy.Publish(Production, new(Provenance: Built), Later, "Reviewed", author, Now).Error!.Code.ShouldBe("trust-policy.author-may-not-relax", author.Name);
            policy.Withdraw("Not needed", author, Now).Error!.Code.ShouldBe("trust-policy.author-may-not-relax", author.Name);
        }

        policy.Publish(Production, new(Signed, Built), Later, "More", Eve, Now).Error.ShouldBeNull();
        policy.Withdraw("Not needed", Adam, Now).Error.ShouldBeNull("it is Eve's demand now");
    }

    [Fact]
    public void It_binds_where_its_newest_version_says_also_when_it_is_expired()
    {
        var policy = Policy();
        policy.StateAt(Later.AddTicks(-1)).ShouldBe(TrustPolicyState.InForce);
        policy.StateAt(Later).ShouldBe(TrustPolicyState.Expired);

        policy.Binds("shop", Tier.Production, ComponentKind.Data).ShouldBeTrue();
        policy.Binds("shop", Tier.Staging, ComponentKind.Data).ShouldBeFalse();
        policy.Binds("billing", Tier.Production, ComponentKind.Data).ShouldBeFalse();
    }

    public static TheoryData<CheckSignature?, CheckProvenance?, string> WrongDemands => new()
    {
        { null, null, "Version.Signature.Signature" },
        { new("../key"), null, "Version.Signature.Signature" },
        { Signed with { Keys = [] }, null, "Version.Signature.Keys" },
        { Signed with { Keys = null }, null, "Version.Signature.Keys" },
        { Signed with { Keys = null, Identities = [new("release@acme.example", "https://issuer")] }, null, "Version.Signature.Keys" },
        { null, Built with { Keys = null }, "Version.Provenance.Keys" },
        { Signed with { Keys = ["${parameter.key}"] }, null, "Version.Signature.Keys" },
        { new("${parameter.signature}"), null, "Version.Signature.Signature" },
        { Signed with { Identities = [new("*", "https://issuer")] }, null, "Version.Signature.Identities" },
        { null, Built with { Builders = [] }, "Version.Provenance.Builders" },
        { null, Built with { Refs = ["*"] }, "Version.Provenance.Refs" },
        { null, Built with { Parameters = new Dictionary<string, string> { ["workflow.path"] = "${variable.path}" } }, "Version.Provenance.Parameters" },
    };

    [Theory, MemberData(nameof(WrongDemands))]
    public void What_it_demands_is_judged_as_in_a_model_and_nobody_else_fills_it_in(CheckSignature? signature, CheckProvenance? provenance, string field) =>
        TrustPolicy.Register("signed", "Signed", Production, new(signature, provenance), Later, "Decided", Adam, Now).Error!.Fields.Keys.ShouldContain(field);

    [Fact]
    public void It_cannot_begin_expired() =>
        TrustPolicy.Register("signed", "Signed", Production, new(Signed), Now, "Decided", Adam, Now).Error!.Code.ShouldBe("trust-policy.never-valid");

    private static TrustPolicy Policy() => TrustPolicy.Register("signed", "Signed", Production, new(Signed), Later, "Decided", Adam, Now).Value;
}
