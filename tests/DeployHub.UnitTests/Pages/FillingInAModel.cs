using System.Text.Json.Nodes;
using DeployHub.Features.Models.Notation.Editing;
using DeployHub.UnitTests.Models;
using DeployHub.Web.Pages.Models.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace DeployHub.UnitTests.Pages;

/// <summary>A form asks for what the schema knows, and changes of the text what somebody changed in it.</summary>
public sealed class FillingInAModel
{
    private const string Install = "/stages/execute/steps/1";

    [Theory]
    [InlineData("head")]
    [InlineData("/parameters/size")]
    [InlineData("/stages/execute")]
    [InlineData("/stages/execute/steps/0")]
    [InlineData(Install)]
    [InlineData("/stages/verifyDeployment/0")]
    [InlineData("/rollback")]
    public void A_form_that_is_kept_as_it_was_shown_changes_nothing(string at) => Kept(at).ShouldBe(Written.Model);

    [Theory]
    [InlineData("name", "Roll out", "name: Install", "name: Roll out")]
    [InlineData("timeout", "5m", "timeout: 2m", "timeout: 5m")]
    [InlineData("retries", "2", "timeout: 2m\n", "timeout: 2m\n        retries: 2\n")]
    [InlineData("afterLoss", "", "        afterLoss: RunAgain\n", "")]
    [InlineData("afterLoss", "Probe", "RunAgain", "Probe")]
    [InlineData("with/command", "sh\r\n-x\r\ninstall.sh", "[sh, install.sh]", "[sh, -x, install.sh]")]
    [InlineData("with/command", "bash\r\ninstall.sh", "[sh, install.sh]", "[bash, install.sh]")]
    [InlineData("with/command", "install.sh", "[sh, install.sh]", "[install.sh]")]
    [InlineData("with/command", "", "[sh, install.sh]", "[]")]
    [InlineData("with/environment", "PORT: 9090", "PORT: 8080", "PORT: 9090")]
    [InlineData("with/environment", "PORT: 8080\r\nHOME: /srv:x", "{ PORT: 8080 }", "{ PORT: 8080, HOME: /srv:x }")]
    [InlineData("with/environment", "", "          environment: { PORT: 8080 }\n", "")]
    [InlineData("with/outputs", "changes", "environment: { PORT: 8080 }\n", "environment: { PORT: 8080 }\n          outputs: [changes]\n")]
    [InlineData("probe/uses", "check-reachable", "afterLoss: RunAgain\n", "afterLoss: RunAgain\n        probe: { uses: check-reachable }\n")]
    public void What_was_changed_is_changed_in_the_text(string field, string typed, string was, string now) =>
        Kept(Install, ($"{Install}/{field}", typed)).ShouldBe(Written.With(was, now));

    [Fact]
    public void What_is_missing_around_a_setting_is_written_with_it() =>
        Kept("/stages/verifyComponents/0", ("/stages/verifyComponents/0/probe/uses", "check-http")).ShouldBe(Written.With("uses: check-artefacts\n", "uses: check-artefacts\n      probe: { uses: check-http }\n"));

    [Fact]
    public void The_last_setting_takes_its_group_along() =>
        Kept("/stages/execute/steps/0", ("/stages/execute/steps/0/uses", "check-reachable")).ShouldBe(Written.With("uses: upload\n        with:\n          to: in/package.tar.gz", "uses: check-reachable"), "what only the other kind is told goes with it");

    [Fact]
    public void Another_kind_keeps_the_settings_that_it_shares_and_drops_the_others()
    {
        var before = Written.With("          environment: { PORT: 8080 }\n", "          environment: { PORT: 8080 }\n          outputs: [changes]\n");

        Kept(before, Install, ($"{Install}/uses", "check-script"), ($"{Install}/with/command", "sh\r\nlook.sh"), ($"{Install}/with/outputs", "other"))
            .ShouldBe(before.Replace("uses: script", "uses: check-script").Replace("install.sh", "look.sh").Replace("          outputs: [changes]\n", ""));
    }

    [Fact]
    public void What_went_with_another_kind_is_told()
    {
        const string ask = "/stages/verifyDeployment/0";
        var document = YamlEdit.Read(Written.Model).Value;
        var edits = new FormEdits(document).Take(FormNode.Find(ask, document)!.Entries, Form(document, ask, [($"{ask}/uses", "check-file")]));

        edits.Dropped.ShouldBe(["url", "within"]);
    }

    [Fact]
    public void The_comment_above_a_step_is_known()
    {
        var commented = Written.With("      - name: Install", "      # It leads to the same state\n      # however often it runs.\n      - name: Install");

        YamlEdit.CommentOf(commented, Install).ShouldBe("It leads to the same state however often it runs.");
        YamlEdit.CommentOf(commented, "/stages/execute/steps/0").ShouldBeNull();
        YamlEdit.CommentOf("steps: [{ name: x }]", "/steps/0").ShouldBeNull();
    }

    [Fact]
    public void Kinds_are_chosen_in_groups_and_each_is_in_one_of_them()
    {
        var shown = KindChoices.All.SelectMany(group => group.Kinds).ToList();

        shown.Select(kind => kind.Name).ShouldBe(DeployHub.Features.Models.StepCatalogue.Kinds.Select(kind => kind.Name), ignoreOrder: true);
        KindChoices.All.ShouldAllBe(group => group.Kinds.Count > 0);
        shown.ShouldAllBe(kind => kind.Words.Length > kind.Name.Length + 2);
    }

    [Fact]
    public void Units_are_written_as_they_are() =>
        FormFields.Of(FormSchema.SettingsOf("file-release")!, null, "/with").Select(field => field.Label).ShouldContain("Maximum MiB");

    [Fact]
    public void Ticks_keep_what_stays_in_its_place()
    {
        var document = Written.With("kinds: [Software]", "kinds: [Software, Data] # two");
        Kept(document, "head", ("/appliesTo/kinds", new StringValues(["Data", "Process"]))).ShouldBe(document.Replace("[Software, Data] # two", "[Data, Process] # two"));
        Kept(document, "head", ("/appliesTo/kinds", StringValues.Empty)).ShouldBe(document.Replace("\n  kinds: [Software, Data] # two", " {}"));
    }

    [Fact]
    public void A_number_is_no_text_where_it_may_be_one() =>
        Kept("/parameters/size", ("/parameters/size/maximum", "9"), ("/parameters/size/default", "3")).ShouldBe(Written.With("default: 2", "default: 3").Replace("maximum: 6", "maximum: 9"));

    [Fact]
    public void What_a_form_cannot_show_is_left_to_the_text()
    {
        var document = YamlEdit.Read(Written.With("command: [sh, install.sh]", "command: [sh, \"one\\ntwo\"]\n          odd: 1")).Value;
        var entries = FormNode.Find(Install, document)!.Entries.OfType<FormGroup>().Single(group => group.Path.EndsWith("with", StringComparison.Ordinal)).Entries.OfType<FormField>().ToList();

        entries.Where(field => field.Kind is FieldKind.OnlyInText).Select(field => field.Path).ShouldBe([$"{Install}/with/command", $"{Install}/with/odd"]);
    }

    [Fact]
    public void Pairs_that_are_none_are_told_by_their_field()
    {
        var document = YamlEdit.Read(Written.Model).Value;
        var edits = new FormEdits(document).Take(FormNode.Find(Install, document)!.Entries, Form(document, Install, [($"{Install}/with/environment", "PORT=8080\r\nA: 1\r\nA: 2")]));

        edits.Problems.Select(problem => problem.Field).ShouldBe([$"at{Install}/with/environment", $"at{Install}/with/environment"]);
        edits.Problems[0].Sentence.ShouldContain("PORT=8080");
    }

    [Fact]
    public void A_value_of_a_pair_may_end_with_a_colon()
    {
        var document = YamlEdit.Read(Written.Model).Value;
        var edits = new FormEdits(document).Take(FormNode.Find(Install, document)!.Entries, Form(document, Install, [($"{Install}/with/environment", "PORT: 8080\r\nPROMPT: Password:")]));

        edits.Problems.ShouldBeEmpty();
        var added = edits.Edits.ShouldHaveSingleItem();
        added.Path.ShouldBe($"{Install}/with/environment/PROMPT");
        $"{added.Value}".ShouldBe("Password:");
    }

    [Fact]
    public void A_list_that_changed_in_many_places_is_written_whole()
    {
        var document = YamlEdit.Read(Written.Model).Value;
        var typed = string.Join("\r\n", Enumerable.Range(1, 60).Select(number => $"word{number}"));
        var edits = new FormEdits(document).Take(FormNode.Find(Install, document)!.Entries, Form(document, Install, [($"{Install}/with/command", typed)]));

        edits.Edits.ShouldHaveSingleItem().Path.ShouldBe($"{Install}/with/command");
    }

    [Fact]
    public void What_a_form_does_not_show_is_not_written_over()
    {
        var edits = new FormEdits(YamlEdit.Read("model: x\nstages: later\n").Value);
        edits.Append("/stages/execute/steps", new JsonObject { ["name"] = "x" });
        edits.Append("/model", "y");

        edits.Problems.Count.ShouldBe(2);
        edits.Edits.ShouldBeEmpty();
    }

    [Fact]
    public void Every_kind_of_step_has_a_form_and_a_beginning()
    {
        foreach (var kind in DeployHub.Features.Models.StepCatalogue.Kinds)
        {
            var document = new JsonObject { ["stages"] = new JsonObject { ["verifyDeployment"] = new JsonArray(new JsonObject { ["name"] = "x", ["uses"] = kind.Name, ["with"] = FormSchema.Blank(FormSchema.SettingsOf(kind.Name)!) }) } };
            var node = FormNode.Find("/stages/verifyDeployment/0", document).ShouldNotBeNull();

            Flat(node.Entries).OfType<FormField>().Where(field => field.Kind is FieldKind.OnlyInText && field.Value is not JsonValue).Select(field => field.Path).ShouldBeEmpty(kind.Name);
            Flat(node.Entries).Select(entry => entry.Path).ShouldBeUnique();
            foreach (var setting in kind.Settings.Where(setting => !setting.Name.Contains("[]", StringComparison.Ordinal)))
                Flat(node.Entries).Select(entry => entry.Path).ShouldContain($"/stages/verifyDeployment/0/with/{setting.Name}");
        }
    }

    /// <summary>Every member of the schema, but for two: a slug never changes, and how targets are divided has controls of its own in the form of Execute.</summary>
    [Fact]
    public void Every_member_of_the_schema_has_an_input_in_some_form()
    {
        var document = Complete(FormSchema.Model).AsObject();
        document["parameters"] = new JsonObject { ["size"] = Complete(FormSchema.ParameterIn(document)) };
        document["roles"] = new JsonObject { ["technician"] = Complete(FormSchema.Role) };
        document["stages"]!["execute"]!["phases"] = new JsonArray(Complete(FormSchema.Phase));
        var forms = new[] { FormNode.Head, FormNode.Execute, FormNode.Rollback, "/parameters/size", "/roles/technician", $"{FormNode.Phases}/0" }
            .Concat(FormList.All.SelectMany(list => new[] { $"{list.Path}/0", $"{list.Path}/1" }));

        var asked = forms.SelectMany(at => Flat(FormNode.Find(at, document)!.Entries)).OfType<FormField>().Where(field => field.Kind is not FieldKind.OnlyInText).Select(field => field.Path).ToHashSet();

        Leaves(document, "").Where(leaf => !asked.Contains(leaf)).ShouldBe(["/model"], "the form cannot edit these");
    }

    [Fact]
    public void A_model_that_extends_another_is_not_asked_for_what_only_the_other_says()
    {
        var document = YamlEdit.Read("model: x\nname: X\npurpose: Y\nextends: web@1\n").Value;
        Flat(FormNode.Find(FormNode.Head, document)!.Entries).Select(entry => entry.Path).ShouldBe(
            ["/name", "/purpose", "/appliesTo", "/appliesTo/kinds", "/appliesTo/tiers", "/appliesTo/services", "/preAuthorised", "/preAuthorised/services", "/preAuthorised/tiers", "/extends"], ignoreOrder: true);
    }

    [Fact]
    public void A_standard_change_is_pre_authorised_in_the_form_and_may_be_no_more()
    {
        var document = Written.With("kinds: [Software]", "kinds: [Software]\npreAuthorised: { services: [shop], tiers: [Test] }");
        Kept("head", ("/preAuthorised/services", "shop\r\nstock")).ShouldContain("preAuthorised:");
        Kept(document, "head", ("/preAuthorised/services", "shop\r\nstock")).ShouldBe(document.Replace("[shop]", "[shop, stock]"));
        Kept(document, "head", ("/preAuthorised/tiers", new StringValues(["Test", "Production"]))).ShouldBe(document.Replace("tiers: [Test]", "tiers: [Test, Production]"));

        bool MayGo(string text) => Flat(FormNode.Find("head", YamlEdit.Read(text).Value)!.Entries).OfType<FormGroup>().Single(group => group.Path == "/preAuthorised").MayGo;
        (MayGo(document), MayGo(Written.Model)).ShouldBe((true, false));
    }

    [Theory]
    [InlineData("a\r\nb\r\n", "a\nb\n", "a\nb\n")]
    [InlineData("a\r\nb\r\n", "a\r\nb\r\n", "a\r\nb\r\n")]
    [InlineData("a\r\nb\r\n", "a\r\nb\n", "a\r\nb\n")]
    [InlineData("a\r\nc\r\n", "a\nb\n", "a\nc\n")]
    [InlineData("a\r\nc\r\n", "a\r\nb\r\n", "a\r\nc\r\n")]
    [InlineData("a\u2028b \r\n", "x\n", "a\u2028b \n")]
    public void A_typed_text_has_the_line_ends_of_the_saved_one(string typed, string saved, string now) => DeployHub.Web.Pages.Shared.TypedText.AsWritten(typed, saved).ShouldBe(now);

    /// <summary>A document with everything that a shape knows, as empty as it can be: lists have an item, and lists of steps a step and a block.</summary>
    private static JsonNode Complete(JsonObject shape) => FormSchema.Resolved(shape) switch
    {
        var place when place["else"] is JsonObject && place["properties"] is null => Complete(FormSchema.Step),
        var known when known["properties"] is JsonObject members => new JsonObject(members.Where(member => member.Key != "with" || known["allOf"] is null)
            .Select(member => KeyValuePair.Create(member.Key, Inside(FormSchema.Resolved(member.Value!.AsObject()))))),
        _ => new JsonObject(),
    };

    /// <summary>Null stands for a value.</summary>
    private static JsonNode? Inside(JsonObject shape)
    {
        if (shape["properties"] is not null) return Complete(shape);
        if (FormSchema.Types(shape) is not ["array"] || shape["items"] is not JsonObject items || (FormSchema.Resolved(items) is var item && item["properties"] is null && item["else"] is null)) return null;
        if (item["properties"] is not null) return new JsonArray(Complete(items));

        var use = Complete(FormSchema.Use);
        use["use"] = "block@1"; // tells it from a step
        return new JsonArray(Complete(items), use);
    }

    private static IEnumerable<string> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value, DocumentPath.Inside(path, member.Key))),
        JsonArray items => items.SelectMany((item, place) => Leaves(item, DocumentPath.Inside(path, place))),
        _ => [path],
    };

    private static string Kept(string at, params (string Path, string Typed)[] changes) => Kept(Written.Model, at, [.. changes.Select(change => (change.Path, (StringValues)change.Typed))]);

    private static string Kept(string text, string at, params (string Path, StringValues Typed)[] changes)
    {
        var document = YamlEdit.Read(text).Value;
        var edits = new FormEdits(document).Take(FormNode.Find(at, document)!.Entries, Form(document, at, changes));
        edits.Problems.ShouldBeEmpty();
        return edits.Edits.Count == 0 ? text : YamlEdit.Apply(text, edits.Edits).Value;
    }

    /// <summary>As the browser sends it: everything as it was shown, but for what somebody changed.</summary>
    private static FormCollection Form(JsonNode document, string at, (string Path, StringValues Typed)[] changes)
    {
        var fields = Flat(FormNode.Find(at, document)!.Entries).OfType<FormField>().Where(field => field.Kind is not FieldKind.OnlyInText)
            .ToDictionary(field => field.Name, AsSent);
        foreach (var (path, typed) in changes)
            if (typed.Count > 0) fields[$"at{path}"] = typed;
            else fields.Remove($"at{path}");
        return new FormCollection(fields);
    }

    private static StringValues AsSent(FormField field) => field.Kind is FieldKind.Several ? field.Items.ToArray() : field.Shown.Replace("\n", "\r\n");

    private static IEnumerable<FormEntry> Flat(IEnumerable<FormEntry> entries) => entries.SelectMany(entry => entry switch
    {
        FormGroup group => Flat(group.Entries).Prepend(group),
        FormItems items => Flat(items.Items).Prepend(items),
        _ => [entry],
    });
}
