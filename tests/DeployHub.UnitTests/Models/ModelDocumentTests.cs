using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

public sealed class ModelDocumentTests
{
    [Fact]
    public void What_is_written_is_what_the_model_says()
    {
        var model = Written.Content();

        model.Model.ShouldBe("small");
        model.Approach.ShouldBe(Approach.Rolling);
        model.AppliesTo.Kinds.ShouldBe([ComponentKind.Software]);
        model.Parameters.ShouldHaveSingleItem().ShouldBe(new Parameter("size", ParameterType.Integer, "2", Mutability.Bounded, "Targets a batch.", "1", "6"));
        model.Execute.Phases.ShouldBe(new Batches("${parameter.size}"));
        model.Execute.Steps[0].Settings.ShouldBe(new Upload("in/package.tar.gz"));
        model.Execute.Steps[1].Timeout.ShouldBe("2m");
        model.Execute.Steps[1].WhenLost.ShouldBe(AfterLoss.RunAgain);
        var script = model.Execute.Steps[1].Settings.ShouldBeOfType<RunScript>();
        script.Command.ShouldBe(["sh", "install.sh"]);
        script.Environment!["PORT"].ShouldBe("8080");
        model.VerifyDeployment[0].Settings.ShouldBe(new CheckHttp("http://localhost:${target.port}/health", Within: "10s"));
        model.Rollback.Method.ShouldBe(RollbackMethod.RedeployPrevious);
    }

    [Fact]
    public void Text_that_looks_like_a_number_stays_as_it_was_written() =>
        Written.Content(Written.With("PORT: 8080", "RELEASE: 1.10")).Execute.Steps[1].Settings.ShouldBeOfType<RunScript>().Environment!["RELEASE"].ShouldBe("1.10");

    [Fact]
    public void The_same_model_as_json_says_the_same()
    {
        var reading = ModelDocument.Read(ModelDocument.Json(Written.Content()).ToJsonString(), DocumentFormat.Json);

        reading.Remarks.ShouldBeEmpty();
        reading.Content!.Digest.ShouldBe(Written.Content().Digest);
    }

    [Fact]
    public void The_digest_is_of_the_meaning_and_not_of_the_writing()
    {
        var other = Written.With("PORT: 8080", "\"PORT\": '8080'").Replace("name: Small\n", "# a comment\nname: \"Small\"\n") + "\n\n";

        Written.Content(other).Digest.ShouldBe(Written.Content().Digest);
        Written.Content(Written.With("timeout: 2m", "timeout: 3m")).Digest.ShouldNotBe(Written.Content().Digest);
    }

    [Theory]
    [InlineData("rolling-web-service")]
    [InlineData("ring-web-service")]
    [InlineData("rolling-ssh-service")]
    [InlineData("manual-checklist")]
    [InlineData("rack-server-swap")]
    [InlineData("process-rollout")]
    public void Shipped_models_may_be_published_without_a_remark_and_survive_being_written_again(string slug)
    {
        var reading = ModelDocument.Read(Written.Shipped(slug));
        reading.Remarks.ShouldBeEmpty();
        reading.Content!.Model.ShouldBe(slug);

        var again = ModelDocument.Read(ModelDocument.Yaml(reading.Content));
        again.Remarks.ShouldBeEmpty(ModelDocument.Yaml(reading.Content));
        again.Content!.Digest.ShouldBe(reading.Content.Digest);
    }

    [Fact]
    public void Whatever_people_put_into_texts_survives_being_written_as_yaml()
    {
        var random = new Random(2026);
        string[] pieces = ["a", "Ä", " ", "  ", "\n", "\n\n", ":", "- ", "#", "'", "\"", "\\", "${target.x}", "true", "1", "~", "null", "|", ">", "%", "@", "&", "*", "!", "{", "]", ",", "?", "\t", "😀", "\r\n", " ", "\u2028", "…", "---", "0x1F", "1e3", "no"];
        for (var round = 0; round < 150; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            var model = Written.Content() with
            {
                Execute = new ExecuteDefinition
                {
                    Phases = new Batches("2"),
                    Steps = [new StepDefinition("Try", new RunScript([text, text], new Dictionary<string, string> { ["A"] = text })), new StepDefinition("Ask", new ManualWork(text))],
                },
            };

            var yaml = ModelDocument.Yaml(model);
            var read = ModelReader.Read(YamlSource.Read(yaml), []);
            read.Execute.Steps[0].Settings.ShouldBeOfType<RunScript>().Command.ShouldBe([text, text], yaml);
            read.Execute.Steps[1].Settings.ShouldBe(new ManualWork(text), yaml);
            read.Digest.ShouldBe(model.Digest);
        }
    }
}
