using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.TrustPolicies;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DeployHub.UnitTests.Pages;

public sealed class TypingTrustPolicies
{
    private static readonly DateOnly LastDay = new(2027, 12, 31);

    [Fact]
    public void The_form_of_the_next_version_says_what_the_newest_says()
    {
        var demands = new TrustDemands(
            new CheckSignature("{path}.sigstore.json", "SHA256SUMS", "shop.zip", [new("https://github.com/acme/shop/.github/workflows/release.yml@refs/tags/v*", "https://token.actions.githubusercontent.com")], ["root"]),
            new CheckProvenance("{path}.intoto.jsonl", ["a", "b"], ["https://github.com/acme/*"], ["refs/tags/v*"], ["type"], new Dictionary<string, string> { ["workflow.path"] = "release: yml" }, [new("me@acme.example", "https://issuer")], "shop.zip", ["root"]));
        var scope = new Applicability { Services = ["shop", "payment"], Tiers = [Tier.Production], Kinds = [ComponentKind.Software] };
        var form = TrustPolicyVersionForm.Of(new ShowTrustPolicy.Version(1, scope, demands, [], default, "Adam", "Decided", default));
        (form.ValidUntil, form.Reason) = (LastDay, "Renewed");

        var (input, problems) = Read(form);
        problems.ShouldBeEmpty();
        CanonicalJson.Of(new TrustDemands(input!.Signature, input.Provenance)).ShouldBe(CanonicalJson.Of(demands));
        CanonicalJson.Of(new Applicability { Services = input.Services, Tiers = input.Tiers, Kinds = input.Kinds }).ShouldBe(CanonicalJson.Of(scope));
        input.ValidUntil.ShouldBe(new DateTimeOffset(2028, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void What_is_left_empty_demands_nothing_and_what_cannot_be_read_is_told_at_its_field()
    {
        var (input, _) = Read(new TrustPolicyVersionForm { ValidUntil = LastDay });
        (input!.Signature, input.Provenance).ShouldBe((null, null));

        Read(new TrustPolicyVersionForm { Signature = { Identities = "me", Keys = ["release"] }, Provenance = { Provenance = "p", Parameters = "x" } }).Problems.Order()
            .ShouldBe(["Input.Version.Provenance.Parameters", "Input.Version.Signature.Identities", "Input.Version.Signature.Signature", "Input.Version.ValidUntil"]);
    }

    private static (TrustPolicyInput? Input, IReadOnlyList<string> Problems) Read(TrustPolicyVersionForm form)
    {
        var state = new ModelStateDictionary();
        return (form.Read(state, "Input.Version"), [.. state.Where(field => field.Value!.Errors.Count > 0).Select(field => field.Key)]);
    }
}
