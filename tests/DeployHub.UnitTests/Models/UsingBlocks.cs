using System.Text.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Domain.Models.Comparing;
using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>A model names a block, and what it says from then on are plain steps.</summary>
public sealed class UsingBlocks
{
    private const string Use = "    - use: wait-until-healthy@2";
    private const string With = "      with: { url: \"http://a\", within: 5m }";

    [Fact]
    public void The_steps_of_the_block_stand_in_its_place_filled_with_what_the_model_gives()
    {
        var reading = Shelf.Read(Shelf.Using(Use, With));
        reading.Remarks.ShouldBeEmpty(string.Join('\n', reading.Remarks));

        var steps = reading.Content!.VerifyDeployment;
        steps.Select(step => step.Name).ShouldBe(["Ask", "Ask it", "Let it settle"]);
        steps[1].Settings.ShouldBe(new CheckHttp("http://a", Within: "5m"));
        steps[0].Use.ShouldBeNull();
        steps[2].Use!.InWords.ShouldBe("wait-until-healthy v2");
        reading.Content.BlocksUsed.ShouldHaveSingleItem().Version.ShouldBe(2);
        ModelInWords.Summary(reading.Content).ShouldContain("The step library gives it two steps: wait-until-healthy v2.");
    }

    [Fact]
    public void What_the_model_does_not_give_is_as_the_block_says() =>
        Shelf.Read(Shelf.Using(Use, "      with: { url: \"http://${target.name}\" }")).Content!.VerifyDeployment[1].Settings.ShouldBe(new CheckHttp("http://${target.name}", Within: "1m"));

    [Fact]
    public void A_parameter_of_the_model_may_be_given_and_stays_for_a_plan_to_choose()
    {
        var patience = "  patience: { type: Duration, default: 2m, mutability: Bounded, minimum: 10s, maximum: 10m, description: How long. }\n";
        var reading = Shelf.Read(Shelf.Using(Use, "      with: { url: \"http://a\", within: \"${parameter.patience}\" }").Replace("stages:\n", $"{patience}stages:\n", StringComparison.Ordinal));

        reading.Remarks.ShouldBeEmpty(string.Join('\n', reading.Remarks));
        reading.Content!.VerifyDeployment[1].Settings.ShouldBe(new CheckHttp("http://a", Within: "${parameter.patience}"));
    }

    [Fact]
    public void Used_twice_its_names_keys_and_groups_are_told_apart()
    {
        var reading = Shelf.Read(Written.With("        afterLoss: RunAgain", "        afterLoss: RunAgain\n      - { use: probe@1 }\n      - { use: probe@1, as: again, with: { mode: quick, limit: 7 } }"));
        reading.Errors.ShouldBeEmpty(string.Join('\n', reading.Remarks));

        var steps = reading.Content!.Execute.Steps;
        steps.Skip(2).Select(step => (step.Name, step.Key)).ShouldBe([("Look", "look"), ("Act on full", null), ("again: Look", "again-look"), ("again: Act on quick", null)]);
        steps[3].When.ShouldBe("'full' == 'full' && ${step.look.changes} > 3");
        steps[5].When.ShouldBe("'quick' == 'full' && ${step.again-look.changes} > 7");
        steps[5].Settings.ShouldBeOfType<RunScript>().Command.ShouldBe(["sh", "act.sh", "${step.again-look.changes}", "quick"]);
    }

    [Theory]
    [InlineData("    - use: wait-until-helthy@2", With, "use", 43, 12, "There is no block “wait-until-helthy”. Near it: wait-until-healthy@2.")]
    [InlineData("    - use: nothing-like-it@2", With, "use", 43, 12, "There is no block “nothing-like-it”.")]
    [InlineData("    - use: not-yet@1", "      with: {}", "use", 43, 12, "v1 of not-yet is a draft, and models use what is published. None of its versions is published.")]
    [InlineData("    - use: wait-until-healthy", With, "use", 43, 12, "“wait-until-healthy” is no block with its version. Write both, such as wait-until-healthy@2.")]
    [InlineData("    - use: Wait Until Healthy", With, "use", 43, 12, "“Wait Until Healthy” is no block with its version. Write both, such as wait-until-healthy@2.")]
    [InlineData("    - use: wait-until-healthy@7", With, "use", 43, 12, "wait-until-healthy has no v7. Its newest is wait-until-healthy@2.")]
    [InlineData("    - use: wait-until-healthy@3", With, "use", 43, 12, "v3 of wait-until-healthy is a draft, and models use what is published. Its newest is wait-until-healthy@2.")]
    [InlineData("    - use: wait-until-healthy@4", With, "use", 43, 12, "v4 of wait-until-healthy was discarded. Its newest is wait-until-healthy@2.")]
    [InlineData("    - use:", With, "use", 43, 7, "“use” is missing.")]
    [InlineData(Use, "      with: { within: 5m }", "with.url", 44, 13, "wait-until-healthy needs “url”: Where it answers.")]
    [InlineData(Use, "      timeout: 5m", "with.url", 43, 7, "wait-until-healthy needs “url”: Where it answers.")]
    [InlineData(Use, "      with: { url: a, wihtin: 5m }", "with.wihtin", 44, 23, "“wihtin” is not known here. Did you mean within? Known are url and within.")]
    [InlineData(Use, "      with: { url: a, within: 2h }", "with.within", 44, 31, "The parameter within must lie between 5s and 30m.")]
    [InlineData(Use, "      with: { url: a, within: soon }", "with.within", 44, 31, "The parameter within must be a duration such as 90s.")]
    [InlineData(Use, "      with: { url: a, within: [5m] }", "with.within", 44, 31, "“within” must be text.")]
    [InlineData(Use, "      with: { url: a, within: \"${parameter.size}\" }", "with.within", 44, 31, "It is given size, which is a whole number, not a duration such as 90s.")]
    [InlineData(Use, "      with: { url: \"${parameter.siz}\" }", "with.url", 44, 20, "There is no parameter siz that could be given. Near it: size.")]
    [InlineData(Use, "      with: { url: \"ftp://a\" }", "use", 43, 12, "wait-until-healthy v2, “Ask it”: “ftp://a” is no address: begin with http:// or https://.")]
    [InlineData("    - { use: wait-until-healthy@2, timeout: 5m, with: { url: \"http://a\" } }", "", "timeout", 43, 36, "“timeout” is not known here. Known are use, as and with.")]
    [InlineData("    - { use: wait-until-healthy@2, as: 1st, with: { url: \"http://a\" } }", "", "as", 43, 40, "“1st” cannot tell names apart")]
    [InlineData("    - { uses: wait-until-healthy@2, name: A }", "", "uses", 43, 15, "There is no kind of step “wait-until-healthy@2”.")]
    public void What_cannot_be_used_is_told_with_its_place(string use, string with, string member, int line, int column, string sentence)
    {
        var reading = Shelf.Read(Shelf.Using([.. new[] { use, with }.Where(text => text.Length > 0)]));

        reading.Content.ShouldBeNull();
        var remark = reading.Errors.Where(remark => remark.Path == $"stages.verifyDeployment[1].{member}").ShouldHaveSingleItem(string.Join('\n', reading.Remarks));
        remark.Sentence.ShouldStartWith(sentence);
        (remark.Line, remark.Column).ShouldBe((line, column));
    }

    [Fact]
    public void A_second_use_without_a_name_of_its_own_is_refused_where_it_stands()
    {
        var remark = Shelf.Read(Shelf.Using(Use, With, Use, With)).Errors.ShouldHaveSingleItem();

        (remark.Path, remark.Line, remark.Column).ShouldBe(("stages.verifyDeployment[2].as", 45, 7));
        remark.Sentence.ShouldBe("wait-until-healthy is used here before: give one of the two a name of its own, such as as: second.");
    }

    [Fact]
    public void A_name_that_the_model_has_already_is_told_with_how_to_tell_them_apart() =>
        Shelf.Read(Shelf.Using(Use, With).Replace("name: Ask\n", "name: Ask it\n", StringComparison.Ordinal)).Errors.ShouldHaveSingleItem().Sentence
            .ShouldBe("Two steps are called “Ask it”: people speak of steps by name. One of them comes from wait-until-healthy v2: with as, its names are told apart.");

    [Fact]
    public void A_draft_whose_block_was_published_since_says_so_when_it_is_read_anew()
    {
        var (by, at) = (new Actor("dana", "Dana"), new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));
        var text = Shelf.Using(Use, With);
        var draft = Model.Plan("small", "Small", "Tests.", by, at).Draft(null, null, new ModelIntent("Less waiting"), text, ModelDocument.Read(text).Content, by, at).Value;
        draft.StartTesting(by, at).Error!.Code.ShouldBe("model.has-errors");

        draft.Write(text, Shelf.Read(text).Content, new Actor("milo", "Milo"), at).Error.ShouldBeNull();
        draft.Editors.ShouldBe([by], "nobody wrote anything");
        draft.ReadAnew(null);
        draft.Said.ShouldBeNull();
        draft.ReadAnew(Shelf.Read(text).Content);
        draft.StartTesting(by, at).Error.ShouldBeNull();
        draft.ReadAnew(null);
        draft.Said.ShouldNotBeNull("what is tested is what was frozen");
    }

    [Fact]
    public void What_stands_after_a_block_is_told_where_it_was_written()
    {
        var remark = Shelf.Read(Shelf.Using(Use, With, "    - name: Wait", "      uses: wait", "      with: { for: 5m }", "      timeout: 1m")).Errors.ShouldHaveSingleItem();

        (remark.Path, remark.Line).ShouldBe(("stages.verifyDeployment[2].with.for", 47));
    }

    [Fact]
    public void A_block_is_where_its_steps_may_stand_or_it_is_refused_there() =>
        Shelf.Read(Written.With("      uses: check-artefacts", "      uses: check-artefacts\n    - { use: wait-until-healthy@2, with: { url: \"http://${target.name}\" } }")).Errors
            .ShouldContain(remark => remark.Path == "stages.verifyComponents[1].use" && remark.Sentence.StartsWith("wait-until-healthy v2, “Ask it”: ${target.name} has no value here"));

    [Fact]
    public void More_steps_than_people_can_read_are_refused_with_those_of_blocks() =>
        Shelf.Read(Shelf.Using([.. Enumerable.Range(0, 120).Select(number => $"    - {{ use: wait-until-healthy@2, as: n{number}, with: {{ url: \"http://a\" }} }}")])).Errors
            .ShouldContain(remark => remark.Path == "stages.verifyDeployment" && remark.Sentence.Contains("more than 200 steps with those of its blocks", StringComparison.Ordinal));

    [Fact]
    public void A_retired_version_is_warned_of_and_a_later_one_is_hinted_at()
    {
        var retired = Shelf.Read(Shelf.Using("    - use: wait-until-healthy@1", With));
        retired.Content.ShouldNotBeNull();
        retired.Remarks.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            remark => remark.Severity.ShouldBe(Severity.Warning),
            remark => remark.Sentence.ShouldBe("v1 of wait-until-healthy is retired: It passes too early. Its newest is wait-until-healthy@2."),
            remark => (remark.Line, remark.Column).ShouldBe((43, 12)));

        var older = Shelf.Read(Written.With("        afterLoss: RunAgain", "        afterLoss: RunAgain\n      - { use: probe@1 }"));
        older.Remarks.ShouldHaveSingleItem().ShouldSatisfyAllConditions(remark => remark.Severity.ShouldBe(Severity.Hint), remark => remark.Sentence.ShouldBe("v2 of probe is there."));
    }

    [Fact]
    public void Without_a_library_every_use_is_unknown() =>
        ModelDocument.Read(Shelf.Using(Use, With)).Errors.ShouldHaveSingleItem().Sentence.ShouldBe("There is no block “wait-until-healthy”.");

    [Fact]
    public void The_digest_is_of_what_is_done_and_not_of_where_it_comes_from()
    {
        var used = Shelf.Read(Shelf.Using(Use, With)).Content!;
        var writtenOut = Written.Content(Shelf.Using(
            "    - { name: Ask it, uses: check-http, with: { url: \"http://a\", within: 5m }, timeout: 30m }", "    - { name: Let it settle, uses: wait, with: { for: 5s }, timeout: 1m }"));

        used.Digest.ShouldBe(writtenOut.Digest);
        ModelComparison.Of(writtenOut, used).ShouldBeEmpty();
        (Written.Content() with { Extends = new ModelExtension("small", 1, []) }).Digest.ShouldBe(Written.Content().Digest);
    }

    [Fact]
    public void A_published_model_stays_as_it_is_whatever_becomes_of_the_block()
    {
        var published = Shelf.Read(Shelf.Using(Use, With)).Content!;
        var later = Shelf.Library with
        {
            Blocks = new Dictionary<string, IReadOnlyList<KnownBlock>>
            {
                ["wait-until-healthy"] = [new(2, BlockVersionStatus.Retired, Shelf.Content(Shelf.Block), "Old"), new(5, BlockVersionStatus.Published, Shelf.Content(Shelf.Block.Replace("for: 5s", "for: 9s", StringComparison.Ordinal)))],
            },
        };

        ModelDocument.Read(Shelf.Using(Use, With), later).Content!.Digest.ShouldBe(published.Digest);
        var stored = JsonSerializer.Deserialize<ModelContent>(JsonSerializer.Serialize(published, Json.Options), Json.Options)!;
        stored.Digest.ShouldBe(published.Digest);
        stored.VerifyDeployment[1].Use!.With!["within"].ShouldBe("5m");
    }

    [Fact]
    public void Another_version_of_a_block_is_compared_by_what_the_model_does_otherwise()
    {
        var was = Shelf.Read(Shelf.Using("    - use: wait-until-healthy@1", "      with: { url: \"http://a\" }")).Content!;
        var now = Shelf.Read(Shelf.Using(Use, "      with: { url: \"http://a\" }")).Content!;

        var change = ModelComparison.Of(was, now).ShouldHaveSingleItem();
        (change.Sentence, change.Detail).ShouldBe(("“Ask it”: within 2 min → 1 min", "It comes from wait-until-healthy v2."));
        change.Place.Path.ShouldBe("stages.verifyDeployment[1].use");
    }

    [Fact]
    public void Written_again_it_uses_the_block_and_says_the_same()
    {
        var content = Shelf.Read(Shelf.Using(Use, With, "    - { use: wait-until-healthy@2, as: again, with: { url: \"http://b\" } }", "    - { name: Last, uses: wait, with: { for: 1s } }")).Content!;
        var yaml = ModelDocument.Yaml(content);

        yaml.ShouldContain("- use: wait-until-healthy@2\n");
        yaml.ShouldNotContain("Let it settle");
        var again = Shelf.Read(yaml);
        again.Remarks.ShouldBeEmpty(yaml);
        JsonSerializer.Serialize(again.Content, Json.Options).ShouldBe(JsonSerializer.Serialize(content, Json.Options));
        ModelDocument.Read(ModelDocument.Json(content).ToJsonString(), Shelf.Library, format: DocumentFormat.Json).Content!.Digest.ShouldBe(content.Digest);
    }

    [Fact]
    public void A_secret_that_no_worker_knows_is_warned_of_as_soon_as_workers_tell_which_they_know()
    {
        var text = Written.With("environment: { PORT: 8080 }", "environment: { PASSWORD: \"${secret:shop-db}\" }");

        ModelDocument.Read(text, Library.Empty with { Secrets = new HashSet<string> { "shop-db" } }).Remarks.ShouldBeEmpty();
        ModelDocument.Read(text, Library.Empty).Remarks.ShouldBeEmpty();
        var reading = ModelDocument.Read(text, Library.Empty with { Secrets = new HashSet<string> { "other" } });
        reading.Content.ShouldNotBeNull();
        var remark = reading.Remarks.ShouldHaveSingleItem();
        (remark.Rule, remark.Severity, remark.Path, remark.Line).ShouldBe(("model.secret", Severity.Warning, "stages.execute.steps[1].with", 33));
        remark.Sentence.ShouldBe("“Install”: no worker knows the secret shop-db: a run halts here unless one does by then.");
    }
}
