using System.Text.Json.Nodes;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Comparing;
using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>A model may ask for more approvals than are asked everywhere, and never falls short of an environment (A-V9).</summary>
public sealed class ApprovalsInAModel
{
    private const string Approvals = """
        approvals:
          - { tier: Production, qualities: [ServiceOwner], atLeast: 2 }
          - { tier: Production, category: Emergency, qualities: [EmergencyApprover] }
        stages:
        """;

    private static readonly string Model = Written.With("  kinds: [Software]\n", "  kinds: [Software]\n  tiers: [Production]\n").Replace("stages:", Approvals, StringComparison.Ordinal);

    [Fact]
    public void Are_read_as_they_are_written_and_written_as_they_were_read()
    {
        var reading = ModelDocument.Read(Model);
        reading.Remarks.Select(remark => remark.Full).ShouldBeEmpty();
        var content = reading.Content!;

        ApprovalDemand.Of(content, Tier.Production, ChangeCategory.Normal).ShouldBe([ApproverQuality.ServiceOwner, ApproverQuality.Peer]);
        ApprovalDemand.Of(content, Tier.Production, ChangeCategory.Emergency).ShouldBe([ApproverQuality.EmergencyApprover]);
        ApprovalDemand.Of(content, Tier.Staging, ChangeCategory.Normal).ShouldBeEmpty();
        Written.Content(ModelDocument.Yaml(content)).Digest.ShouldBe(content.Digest);
        SchemaCheck.Of(JsonNode.Parse(ModelSchema.Text)!.AsObject(), ModelDocument.Json(content)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("atLeast: 2", "atLeast: 0", "approvals[0].atLeast", "1 to 10 people may be asked for.")]
    [InlineData("[ServiceOwner], atLeast: 2", "[ServiceOwner, Peer], atLeast: 1", "approvals[0].atLeast", "2 qualities need as many people, one each.")]
    [InlineData("[ServiceOwner], atLeast: 2", "[]", "approvals[0]", "This asks for nothing")]
    [InlineData("category: Emergency", "category: Standard", "approvals[1].category", "authorised by the publication of its model")]
    [InlineData("category: Emergency", "category: Normal", "approvals[1].tier", "What is asked for a normal change in production stands before: say it once.")]
    [InlineData("[ServiceOwner]", "[Owner]", "approvals[0].qualities[0]", "must be one of Peer, ServiceOwner,")]
    [InlineData("tier: Production, qualities", "qualities", "approvals[0].tier", "“tier” is missing.")]
    public void A_mistake_is_told_where_it_stands(string was, string now, string path, string sentence)
    {
        Model.ShouldContain(was);
        var reading = ModelDocument.Read(Model.Replace(was, now, StringComparison.Ordinal));

        reading.Errors.Where(remark => remark.Path == path).ShouldHaveSingleItem(string.Join('\n', reading.Remarks)).Sentence.ShouldContain(sentence);
    }

    [Fact]
    public void Nobody_is_asked_where_the_model_does_not_apply_which_is_a_warning()
    {
        var remarks = ModelDocument.Read(Model.Replace("category: Emergency, qualities: [EmergencyApprover]", "qualities: [Peer]", StringComparison.Ordinal).Replace("  - { tier: Production, qualities: [Peer]", "  - { tier: Staging, qualities: [Peer]", StringComparison.Ordinal)).Remarks;

        remarks.ShouldHaveSingleItem().ShouldSatisfyAllConditions(remark => remark.Path.ShouldBe("approvals[1].tier"), remark => remark.Severity.ShouldBe(Severity.Warning), remark => remark.Rule.ShouldBe("A-V9"));
    }

    [Fact]
    public void For_tiers_of_which_nothing_is_said_it_is_told_what_holds_there()
    {
        var remark = ModelDocument.Read(Model.Replace("tiers: [Production]", "tiers: [Staging, Production]", StringComparison.Ordinal)).Remarks.ShouldHaveSingleItem();

        (remark.Path, remark.Severity).ShouldBe(("approvals", Severity.Hint));
        remark.Sentence.ShouldStartWith("Nothing is said of staging: what is asked for everywhere applies there");
    }

    [Theory]
    [InlineData(2, Tier.Production, null)]
    [InlineData(3, Tier.Staging, null)]
    [InlineData(3, Tier.Production, "2 approvals for a normal change in production are fewer than Shop asks for by itself, which are 3.")]
    public void Less_than_an_environment_asks_by_itself_is_refused_at_its_line(int minimum, Tier tier, string? sentence)
    {
        var library = Library.Empty with { Policies = [new TierPolicy("Shop", tier, minimum)] };
        var errors = ModelDocument.Read(Model.Replace("EmergencyApprover]", "EmergencyApprover], atLeast: 3", StringComparison.Ordinal), library).Errors.ToList();

        errors.Select(remark => remark.Sentence).ShouldBe(sentence is null ? [] : [sentence]);
        errors.ForEach(remark => (remark.Path, remark.Rule, remark.Line).ShouldBe(("approvals[0].atLeast", "A-V9", 17)));
    }

    [Fact]
    public void The_names_that_a_document_uses_tell_that_environments_have_to_be_asked()
    {
        LibraryNames.In(Model).AsksApprovals.ShouldBeTrue();
        LibraryNames.In(Written.Model).AsksApprovals.ShouldBeFalse();
    }

    [Fact]
    public void Are_told_in_plain_words_and_compared_in_words()
    {
        ModelInWords.Summary(Written.Content(Model)).ShouldContain(sentence => sentence.StartsWith("It asks for approvals of its own: for a normal change in production service owner and peer; for an emergency change in production emergency approver.", StringComparison.Ordinal));

        ModelComparison.Of(Written.Content(Model), Written.Content(Model.Replace("atLeast: 2", "atLeast: 3", StringComparison.Ordinal))).ShouldHaveSingleItem().Sentence.ShouldBe("approvals for a normal change in production: at least 2 → 3");
    }
}
