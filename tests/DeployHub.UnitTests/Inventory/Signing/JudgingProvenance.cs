using System.Text;
using DeployHub.Domain.Inventory.Signing.Attestations;

namespace DeployHub.UnitTests.Inventory.Signing;

public sealed class JudgingProvenance
{
    private const string Builder = "https://github.com/actions/runner/github-hosted";
    private const string Repository = "https://github.com/acme/shop";
    private static readonly ProvenancePolicy Policy = new([Builder], [Repository], ["refs/tags/v*"], [], null);

    [Fact]
    public void Version_1_says_what_it_was_built_from_and_with()
    {
        var provenance = Read(V1()).Provenance.ShouldNotBeNull();

        (provenance.Version, provenance.Builder, provenance.Invocation).ShouldBe(("v1", Builder, "run-7"));
        provenance.Source.ShouldBe(new BuildSource(Repository, "refs/tags/v1.0.0", "26d16513386ffaa790b1c32f927544f1322e4194"));
        provenance.Parameters.ShouldBe(new Dictionary<string, string> { ["workflow.ref"] = "refs/tags/v1.0.0", ["workflow.repository"] = Repository, ["workflow.path"] = ".github/workflows/release.yml", ["inputs[0]"] = "true" }, ignoreOrder: true);
        Policy.Breaches(provenance).ShouldBeEmpty();
    }

    [Fact]
    public void Version_0_2_says_it_too()
    {
        var provenance = Read($$$"""
            {"_type":"https://in-toto.io/Statement/v0.1","subject":[{"name":"shop.zip","digest":{"sha256":"AB"}}],"predicateType":"https://slsa.dev/provenance/v0.2",
             "predicate":{"builder":{"id":"{{{Builder}}}"},"buildType":"https://t","invocation":{"configSource":{"uri":"git+{{{Repository}}}.git@refs/tags/v1.0.0","digest":{"sha1":"ABCD"},"entryPoint":"e"},"parameters":{"inputs":{"a":1} } },"metadata":{"buildInvocationID":"9"} } }
            """).Provenance.ShouldNotBeNull();

        (provenance.Version, provenance.Source, provenance.Invocation, provenance.Parameters["inputs.a"]).ShouldBe(("v0.2", new BuildSource(Repository, "refs/tags/v1.0.0", "abcd"), "9", "1"));
        Policy.Breaches(provenance).ShouldBeEmpty();
    }

    [Fact]
    public void Everything_that_is_not_as_it_must_be_is_told_at_once()
    {
        var provenance = Read(V1()).Provenance!;
        new ProvenancePolicy(["https://ci.acme.example"], ["https://github.com/acme/other"], ["refs/heads/main"], ["https://other"], new Dictionary<string, string> { ["workflow.path"] = "other.yml", ["missing"] = "x" }).Breaches(provenance).ShouldBe(
        [
            $"was made by the builder {Builder}, and only https://ci.acme.example may be",
            "is of the build type https://t, and only https://other may be",
            $"was built from {Repository}, and only https://github.com/acme/other may be",
            "was built from refs/tags/v1.0.0, 26d16513386ffaa790b1c32f927544f1322e4194, and only refs/heads/main may be",
            "was given the parameter workflow.ref (refs/tags/v1.0.0), which is not allowed",
            $"was given the parameter workflow.repository ({Repository}), which is not allowed",
            "was given the parameter inputs[0] (true), which is not allowed",
            "was given the parameter workflow.path as .github/workflows/release.yml, and only other.yml is allowed",
            "was given no parameter missing, and only x is allowed",
        ], ignoreOrder: true);
    }

    [Fact]
    public void A_commit_counts_as_ref_and_case_counts_and_of_two_sources_none_is_the_source()
    {
        var provenance = Read(V1()).Provenance!;
        (Policy with { Refs = ["26d16513*"] }).Breaches(provenance).ShouldBeEmpty();
        (Policy with { Sources = ["https://github.com/ACME/shop"] }).Breaches(provenance).Count.ShouldBe(1);
        (Policy with { Sources = ["https://github.com/acme/*"] }).Breaches(provenance with { Source = new BuildSource("https://github.com/acme-evil/shop", "refs/tags/v1", null) }).Count.ShouldBe(1);

        var ambiguous = Read(V1().Replace("\"workflow\":", "\"other\":", StringComparison.Ordinal).Replace("\"resolvedDependencies\":[", "\"resolvedDependencies\":[{\"uri\":\"git+https://github.com/acme/library\"},", StringComparison.Ordinal)).Provenance!;
        ambiguous.Source.ShouldBeNull();
        Policy.Breaches(ambiguous).ShouldHaveSingleItem().ShouldContain("no single source");
    }

    [Fact]
    public void What_was_told_in_several_places_has_to_be_the_same()
    {
        const string workflow = "\"externalParameters\":{";
        string Told(string more) => V1().Replace(workflow, $"{workflow}{more},", StringComparison.Ordinal);

        Read(Told($$"""
            "buildConfigSource":{"repository":"git+{{Repository}}","ref":"refs/tags/v1.0.0"},"sourceToBuild":{"repository":"{{Repository}}"}
            """)).Provenance!.Source.ShouldBe(Read(V1()).Provenance!.Source);
        Read(Told("""
            "sourceToBuild":{"repository":"https://github.com/evil/shop","ref":"refs/tags/v1.0.0"}
            """)).Provenance!.Source.ShouldBeNull();
        Read(Told($$"""
            "buildConfigSource":{"repository":"{{Repository}}","ref":"refs/heads/fix"}
            """)).Provenance!.Source.ShouldBeNull();
        Policy.Breaches(Read(Told("""
            "source":"git+https://github.com/evil/shop"
            """)).Provenance!).ShouldHaveSingleItem().ShouldContain("no single source");
    }

    [Fact]
    public void Parameters_that_are_empty_are_there_and_names_that_look_like_paths_are_refused()
    {
        var provenance = Read(V1().Replace("\"inputs\":[true]", "\"inputs\":[],\"debug\":null,\"env\":{},\"workflow.path\":\"x\"", StringComparison.Ordinal).Replace("\"path\":\".github/workflows/release.yml\"", "\"file\":\"release.yml\"", StringComparison.Ordinal)).Provenance!;

        (provenance.Parameters["inputs"], provenance.Parameters["debug"], provenance.Parameters["env"]).ShouldBe(("", "", ""));
        var breaches = (Policy with { Parameters = new Dictionary<string, string> { ["workflow.path"] = "x", ["workflow.*"] = "*" } }).Breaches(provenance);
        breaches.ShouldContain("was given the parameter debug (), which is not allowed");
        breaches.ShouldContain(breach => breach.Contains("“workflow.path”", StringComparison.Ordinal));
        Policy.Breaches(provenance).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://github.com/acme/shop", "refs/tags/v1", null, false)]
    [InlineData("https://github.com/acme/shop", null, null, false)]
    [InlineData("https://github.com/acme/other", "refs/tags/v1", "ab", true)]
    [InlineData("https://github.com/acme/shop", "refs/heads/fix", "ab", true)]
    [InlineData("https://github.com/acme/shop", "refs/tags/v1", "cd", true)]
    public void A_certificate_for_another_source_contradicts(string repository, string? reference, string? commit, bool contradicts) =>
        new BuildSource("https://github.com/acme/shop", "refs/tags/v1", "ab").Contradicts(new BuildSource(repository, reference, commit)).ShouldBe(contradicts);

    [Theory]
    [InlineData("git+https://github.com/acme/shop@refs/heads/main", "https://github.com/acme/shop", "refs/heads/main")]
    [InlineData("https://github.com/acme/shop.git", "https://github.com/acme/shop", null)]
    [InlineData("git+ssh://git@github.com/acme/shop@v1", "ssh://git@github.com/acme/shop", "v1")]
    [InlineData("", "", null)]
    [InlineData("://@", "://@", null)]
    public void A_source_is_read_from_its_address(string uri, string repository, string? reference) => BuildSource.Of(uri).ShouldBe(new BuildSource(repository, reference, null));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v2","subject":[],"predicateType":"x"}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","_type":"https://in-toto.io/Statement/v1","predicateType":"x"}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","predicateType":"https://slsa.dev/provenance/v1","predicate":{}}""")]
    public void What_is_no_statement_is_refused(string text) => InTotoStatement.Parse(Encoding.UTF8.GetBytes(text)).Error!.Code.ShouldStartWith("statement.");

    [Fact]
    public void Another_predicate_is_no_provenance() =>
        Read("""{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha512":"AA"}}],"predicateType":"https://spdx.dev/Document","predicate":{}}""").Provenance.ShouldBeNull();

    private static InTotoStatement Read(string text) => InTotoStatement.Parse(Encoding.UTF8.GetBytes(text)).Value;

    private static string V1() => $$$"""
        {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"shop.zip","digest":{"sha256":"AB"}}],"predicateType":"https://slsa.dev/provenance/v1",
         "predicate":{"buildDefinition":{"buildType":"https://t","externalParameters":{"workflow":{"ref":"refs/tags/v1.0.0","repository":"{{{Repository}}}","path":".github/workflows/release.yml"},"inputs":[true]},
           "resolvedDependencies":[{"uri":"git+{{{Repository}}}@refs/tags/v1.0.0","digest":{"gitCommit":"26d16513386ffaa790b1c32f927544f1322e4194"}}]},
          "runDetails":{"builder":{"id":"{{{Builder}}}"},"metadata":{"invocationId":"run-7"} } } }
        """;
}
