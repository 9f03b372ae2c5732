using System.Text.Json.Nodes;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Comparing;
using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Models.Notation.Editing;

namespace DeployHub.UnitTests.Models;

/// <summary>Places that a plan fills with people: how they are written, what they have to be, and what is said of them.</summary>
public sealed class RolesInAModel
{
    private const string Slots = """
        roles:
          technician:
            role: DeploymentPractitioner
            qualification: rack-hardware
            people: 2
            description: Stands in front of it.
          witness: { role: DeploymentPractitioner, optional: true, differsFrom: [technician] }
        stages:
        """;

    private static readonly string Model = Written.With("stages:", Slots)
        .Replace("      - name: Upload\n", "      - name: Swap it\n        uses: manual\n        with:\n          instruction: Take the old one out.\n          slot: technician\n      - name: Upload\n", StringComparison.Ordinal)
        .Replace("  verifyDeployment:\n", "  verifyDeployment:\n    - name: Accept it\n      uses: accept\n      with: { statement: It works as it has to., criteria: [It answers], accepters: [witness] }\n", StringComparison.Ordinal);

    [Fact]
    public void Are_read_as_they_are_written_and_written_as_they_were_read()
    {
        var reading = ModelDocument.Read(Model);
        reading.Remarks.Select(remark => remark.Full).ShouldBeEmpty();
        var content = reading.Content!;

        var technician = content.RoleSlotOf("technician").ShouldNotBeNull();
        (technician.Role, technician.Qualification, technician.People, technician.Optional, technician.Description).ShouldBe((Role.DeploymentPractitioner, "rack-hardware", 2, false, "Stands in front of it."));
        content.RoleSlotOf("witness")!.DiffersFrom.ShouldBe(["technician"]);
        content.Execute.Steps[0].Settings.ShouldBeOfType<ManualWork>().Slot.ShouldBe("technician");
        Written.Content(ModelDocument.Yaml(content)).Digest.ShouldBe(content.Digest);
        ModelDocument.Read(ModelDocument.Json(content).ToJsonString(), DocumentFormat.Json).Content!.Digest.ShouldBe(content.Digest);
        SchemaCheck.Of(JsonNode.Parse(ModelSchema.Text)!.AsObject(), ModelDocument.Json(content)).ShouldBeEmpty();
    }

    [Fact]
    public void Are_part_of_what_a_model_says_and_a_model_without_them_says_the_same_as_before()
    {
        var (with, without) = (Written.Content(Model), Written.Content());

        (with with { Roles = null }).Digest.ShouldNotBe(with.Digest);
        (without with { Roles = null }).Digest.ShouldBe(without.Digest);
        Written.Content(Written.With("stages:", "roles: {}\napprovals: []\nstages:")).Digest.ShouldBe(without.Digest);
    }

    [Theory]
    [InlineData("role: DeploymentPractitioner\n    qualification", "role: Technician\n    qualification", "roles.technician.role", "“role” must be one of DeploymentManager,")]
    [InlineData("role: DeploymentPractitioner\n    qualification", "qualification", "roles.technician.role", "“role” is missing.")]
    [InlineData("role: DeploymentPractitioner\n    qualification", "role: CiSystem\n    qualification", "roles.technician.role", "a CI system is none")]
    [InlineData("role: DeploymentPractitioner\n    qualification", "role: Stakeholder\n    qualification", "stages.execute.steps[0].with.slot", "“technician” is for a stakeholder, who may not perform manual steps.")]
    [InlineData("people: 2", "people: 0", "roles.technician.people", "takes 1 to 20 people")]
    [InlineData("people: 2", "people: many", "roles.technician.people", "must be a whole number")]
    [InlineData("people: 2", "persons: 2", "roles.technician.persons", "“persons” is not known here. Known are role, qualification, people, optional, differsFrom and description.")]
    [InlineData("rack-hardware", "Rack hardware", "roles.technician.qualification", "needs the name of a skill.")]
    [InlineData("[technician]", "[technican]", "roles.witness.differsFrom[0]", "is to differ from “technican”, and there is no such slot")]
    [InlineData("[technician]", "[witness]", "roles.witness.differsFrom[0]", "cannot differ from itself")]
    [InlineData("slot: technician", "slot: technican", "stages.execute.steps[0].with.slot", "there is no role slot “technican”")]
    [InlineData("slot: technician", "slot: ${parameter.size}", "stages.execute.steps[0].with.slot", "names a role slot as it stands")]
    [InlineData("accepters: [witness]", "accepters: [wittness]", "stages.verifyDeployment[0].with.accepters", "“wittness” is neither an e-mail address nor a role such as Stakeholder, and no role slot of this model.")]
    [InlineData("witness: { role: DeploymentPractitioner", "witness: { role: Auditor", "stages.verifyDeployment[0].with.accepters", "who may not acknowledge versions")]
    [InlineData("  witness: {", "  Stakeholder: {", "roles.Stakeholder", "needs another name")]
    [InlineData("roles:", "roles:\n  operator: { role: Approver }", "roles.operator.role", "is for an approver, who may not start runs")]
    [InlineData("roles:", "roles:\n  operator: { role: DeploymentPractitioner, people: 2 }", "roles.operator.people", "is for the one person who starts the run")]
    public void A_mistake_is_told_where_it_stands(string was, string now, string path, string sentence)
    {
        Model.ShouldContain(was);
        var reading = ModelDocument.Read(Model.Replace(was, now, StringComparison.Ordinal));

        reading.Content.ShouldBeNull();
        var remark = reading.Errors.Where(remark => remark.Path == path).ShouldHaveSingleItem(string.Join('\n', reading.Remarks));
        remark.Sentence.ShouldContain(sentence);
        remark.Line.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void One_that_no_step_needs_is_a_warning_and_the_operator_needs_no_step()
    {
        var reading = ModelDocument.Read(Model.Replace("roles:", "roles:\n  operator: { role: DeploymentPractitioner, qualification: blue-green }\n  clerk: { role: DeploymentPractitioner }", StringComparison.Ordinal));

        var remark = reading.Remarks.ShouldHaveSingleItem();
        (remark.Path, remark.Severity, remark.Rule).ShouldBe(("roles.clerk", Severity.Warning, "A-V7"));
        (remark.Line, remark.Column).ShouldBe((17, 10));
    }

    [Fact]
    public void A_model_that_extends_another_has_those_of_that_one()
    {
        var library = Library.Empty with { Models = new Dictionary<string, IReadOnlyList<KnownModel>> { ["small"] = [new(2, ModelVersionStatus.Published, Written.Content(Model))] } };
        const string larger = "{ model: large, name: Large, purpose: More., extends: small@2 }";

        ModelDocument.Read(larger, library).Content!.Roles!.Count.ShouldBe(2);
        ModelDocument.Read(larger.Replace("small@2", "small@2, roles: { clerk: { role: Approver } }", StringComparison.Ordinal), library).Errors.ShouldHaveSingleItem().Sentence.ShouldStartWith("“roles” cannot stand beside extends");
    }

    [Fact]
    public void A_block_may_name_one_that_its_model_declares()
    {
        var block = """
            block: swap
            name: Swap
            purpose: Swaps it.
            steps:
              - name: Swap it by hand
                uses: manual
                with: { instruction: Take the old one out., slot: technician }
            """;
        var reading = BlockDocument.Read(block);
        reading.Remarks.Select(remark => remark.Full).ShouldBeEmpty();

        var library = Library.Empty with { Blocks = new Dictionary<string, IReadOnlyList<KnownBlock>> { ["swap"] = [new(1, Domain.Models.Blocks.BlockVersionStatus.Published, reading.Content)] } };
        var used = Model.Replace("      - name: Upload\n", "      - use: swap@1\n      - name: Upload\n", StringComparison.Ordinal);
        ModelDocument.Read(used, library).Remarks.Select(remark => remark.Full).ShouldBeEmpty();
        ModelDocument.Read(Written.With("      - name: Upload\n", "      - use: swap@1\n      - name: Upload\n"), library).Errors.ShouldHaveSingleItem().Sentence.ShouldContain("there is no role slot “technician”");
    }

    [Fact]
    public void Are_told_in_plain_words()
    {
        var content = Written.Content(Model);

        ModelInWords.Summary(content).ShouldContain("A plan names people for technician (2 deployment practitioners who hold “rack-hardware”) and witness (a deployment practitioner, may stay empty).");
        RolesInWords.Of(content.RoleSlotOf("witness")!).ShouldBe("A deployment practitioner, and nobody of technician; a plan may leave it empty.");
        StepInWords.Of(content.Execute.Steps[0].Settings).ShouldStartWith("Whoever the plan names for technician does it by hand");
    }

    [Theory]
    [InlineData("people: 2", "people: 3", "role slot technician: people 2 → 3", ChangeKind.Changed)]
    [InlineData("qualification: rack-hardware", "qualification: racks", "role slot technician: qualification rack-hardware → racks", ChangeKind.Changed)]
    [InlineData("optional: true, ", "", "role slot witness: optional yes → no", ChangeKind.Changed)]
    [InlineData("roles:", "roles:\n  operator: { role: DeploymentPractitioner }", "new role slot operator", ChangeKind.Added)]
    public void Another_one_is_a_difference_in_words(string was, string now, string sentence, ChangeKind kind)
    {
        var changes = ModelComparison.Of(Written.Content(Model), Written.Content(Model.Replace(was, now, StringComparison.Ordinal)));

        var change = changes.Where(change => change.Place.Part is ModelPart.Roles).ShouldHaveSingleItem(string.Join('\n', changes.Select(change => change.Sentence)));
        (change.Sentence, change.Kind).ShouldBe((sentence, kind));
    }

    [Fact]
    public void A_form_adds_one_where_people_look_for_it_and_leaves_the_rest()
    {
        var edited = YamlEdit.Apply(Written.Model, [new DocumentEdit(EditOperation.Add, "/roles", new JsonObject { ["technician"] = new JsonObject { ["role"] = "DeploymentPractitioner" } })]);

        edited.Error.ShouldBeNull();
        var text = edited.Value;
        text.IndexOf("roles:", StringComparison.Ordinal).ShouldBeInRange(text.IndexOf("parameters:", StringComparison.Ordinal), text.IndexOf("stages:", StringComparison.Ordinal));
        Written.Content(text).RoleSlotOf("technician").ShouldNotBeNull();
    }
}
