using DeployHub.Domain.Vulnerabilities;

namespace DeployHub.UnitTests.Vulnerabilities;

public sealed class JudgingComponents
{
    private static readonly string Lodash = Given.Osv("GHSA-1", "npm", "lodash", Given.Range("SEMVER", "introduced 0", "fixed 4.17.21"), more: "\"aliases\":[\"CVE-1\"],");

    [Fact]
    public void A_finding_names_package_version_vulnerability_severity_and_what_mends_it()
    {
        var verdict = Given.Judged(Given.Bom("pkg:npm/lodash@4.17.20", "pkg:npm/other@1.0.0"), Given.Listed(Lodash));

        verdict.Breaches.ShouldHaveSingleItem().ShouldBe("npm/lodash 4.17.20 has GHSA-1 (CVE-1), high 7.5: use 4.17.21 or newer, or say in a VEX document why it does no harm.");
        verdict.Unclear.ShouldBeEmpty();
        verdict.PackagesLookedUp.ShouldBe(2);
    }

    [Fact]
    public void A_mended_version_and_a_withdrawn_vulnerability_are_no_finding()
    {
        Given.Judged(Given.Bom("pkg:npm/lodash@4.17.21"), Given.Listed(Lodash)).Breaches.ShouldBeEmpty();
        Given.Judged(Given.Bom("pkg:npm/lodash@4.17.20"), Given.Listed(Lodash.Replace("\"summary\"", "\"withdrawn\":\"2026-02-01T00:00:00Z\",\"summary\""))).Breaches.ShouldBeEmpty();
    }

    [Fact]
    public void Below_the_threshold_it_is_told_and_passes_and_unrated_it_counts_as_critical()
    {
        var range = Given.Range("SEMVER", "introduced 0");
        Given.Judged(Given.Bom("pkg:npm/a@1.0.0"), Given.Listed(Given.Osv("X-1", "npm", "a", range, Given.Low))).Accepted.ShouldHaveSingleItem().ShouldEndWith("below high");
        Given.Judged(Given.Bom("pkg:npm/a@1.0.0"), Given.Listed(Given.Osv("X-1", "npm", "a", range, vector: null))).Breaches.ShouldHaveSingleItem().ShouldContain("X-1, not rated: no version is known that mends it");
        Given.Judged(Given.Bom("pkg:npm/a@1.0.0"), Given.Listed(Given.Osv("X-1", "npm", "a", range, vector: null, more: "\"database_specific\":{\"severity\":\"MODERATE\"},"))).Breaches.ShouldBeEmpty();
    }

    [Fact]
    public void Databases_that_list_the_same_make_one_finding_with_the_rating_that_there_is()
    {
        var range = Given.Range("SEMVER", "introduced 0");
        var listed = Given.Listed(Given.Osv("MAL-1", "npm", "a", range, null, "\"aliases\":[\"CVE-9\"],"), Given.Osv("GHSA-9", "npm", "a", range, Given.Low, "\"aliases\":[\"CVE-9\"],"));

        Given.Judged(Given.Bom("pkg:npm/a@1.0.0"), listed).Accepted.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_VEX_document_clears_or_tells_why_it_does_not()
    {
        string Vex(string status) => $$"""{"@context":"https://openvex.dev/ns","statements":[{"vulnerability":{"name":"CVE-1"},"products":["pkg:npm/lodash@4.17.20"],{{status}}}]}""";

        Given.Judged(Given.Bom("pkg:npm/lodash@4.17.20"), Given.Listed(Lodash), Given.Vex(Vex("\"status\":\"not_affected\",\"justification\":\"component_not_present\""))).Accepted.ShouldHaveSingleItem().ShouldContain("OpenVEX says it is not affected (component_not_present)");
        Given.Judged(Given.Bom("pkg:npm/lodash@4.17.20"), Given.Listed(Lodash), Given.Vex(Vex("\"status\":\"not_affected\""))).Breaches.ShouldHaveSingleItem().ShouldContain("without a justification, which does not count");
        Given.Judged(Given.Bom("pkg:npm/lodash@4.17.20"), Given.Listed(Lodash), Given.Vex(Vex("\"status\":\"under_investigation\""))).Breaches.ShouldHaveSingleItem().ShouldContain("the VEX says under investigation");
    }

    [Fact]
    public void An_exception_holds_until_its_day_is_over_and_for_its_package()
    {
        var bom = Given.Bom("pkg:npm/lodash@4.17.20");
        VulnerabilityException Until(string day, string? package = null) => new("CVE-1", "Replaced with the next release.", day, package);

        Given.Judged(bom, Given.Listed(Lodash), exceptions: Until("2026-11-29")).Accepted.ShouldHaveSingleItem().ShouldEndWith("accepted until 2026-11-29: Replaced with the next release.");
        Given.Judged(bom, Given.Listed(Lodash), exceptions: Until("2026-11-28")).Breaches.ShouldHaveSingleItem().ShouldContain("its exception ended on 2026-11-28");
        Given.Judged(bom, Given.Listed(Lodash), exceptions: Until("2027-01-01", "pkg:npm/lodash@4.*")).Breaches.ShouldBeEmpty();
        Given.Judged(bom, Given.Listed(Lodash), exceptions: Until("2027-01-01", "pkg:npm/underscore")).Breaches.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_list_that_is_missing_or_too_old_tells_nothing()
    {
        Given.Judged(Given.Bom("pkg:npm/a@1.0.0"), [], lists: []).Unclear.ShouldHaveSingleItem().ShouldStartWith("There is no list of vulnerabilities for npm");
        Given.Judged(Given.Bom("pkg:npm/a@1.0.0"), [], lists: [Given.List("npm", days: 8)]).Unclear.ShouldHaveSingleItem().ShouldContain("older than 7 days");
        Given.Judged(Given.Bom("pkg:npm/a@1.0.0"), [], lists: [Given.List("npm", days: 7)]).Unclear.ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_looked_up_or_ordered_is_told()
    {
        var bom = new Domain.Inventory.Materials.BillOfMaterials("CycloneDX 1.6", null, [new("library", "nameless", "1", null, [], []), new("file", "readme", null, null, [], []), Given.Component("pkg:apk/alpine/curl@8.1-r0?distro=3.19.1")]);
        var curl = Given.Osv("CVE-2", "Alpine:v3.19", "curl", Given.Range("ECOSYSTEM", "introduced 0", "fixed 8.2-r0"));

        var verdict = Given.Judged(bom, Given.Listed(curl));

        verdict.Breaches.ShouldBeEmpty();
        verdict.Unclear.Count.ShouldBe(2);
        verdict.Unclear[0].ShouldContain("nameless 1");
        verdict.Unclear[1].ShouldContain("CVE-2");
    }

    [Fact]
    public void What_no_list_has_to_speak_of_is_compared_all_the_same_and_no_question()
    {
        var bom = new Domain.Inventory.Materials.BillOfMaterials("CycloneDX 1.6", null, [new("library", "our-core", "1", null, [], []), Given.Component("pkg:npm/%40ours/web@1.0.0")]);

        Given.Judged(bom, [], lists: []).Unclear.ShouldBeEmpty();
        Given.Judged(bom, Given.Listed(Given.Osv("OURS-1", "npm", "@ours/web", Given.Range("SEMVER", "introduced 0"))), lists: []).Breaches.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("pkg:deb/debian/libssl3@3.0.11-1~deb12u1?arch=amd64&upstream=openssl&distro=debian-12", 1)]
    [InlineData("pkg:deb/debian/openssl@3.0.11-1~deb12u1?distro=debian-11", 0)]
    [InlineData("pkg:deb/debian/openssl@3.0.11-1~deb12u1", 1)]
    [InlineData("pkg:deb/debian/openssl@3.0.11-1~deb12u2?distro=debian-12", 0)]
    public void A_distribution_is_asked_for_the_source_package_of_its_release(string purl, int findings) =>
        Given.Judged(Given.Bom(purl), Given.Listed(Given.Osv("DSA-1", "Debian:12", "openssl", Given.Range("ECOSYSTEM", "introduced 0", "fixed 3.0.11-1~deb12u2")))).Breaches.Count.ShouldBe(findings);

    [Theory]
    [InlineData("pkg:rpm/suse/libcurl4@8.0.1-1?upstream=curl-8.0.1-1.src.rpm&distro=sles-15.5", "SUSE:Linux Enterprise Server 15 SP5", "curl", 1)]
    [InlineData("pkg:rpm/suse/libcurl4@8.0.1-1?upstream=curl-8.0.1-1.src.rpm&distro=sles-15.5", "SUSE:Linux Enterprise Server 15 SP5", "libcurl4", 1)]
    [InlineData("pkg:rpm/suse/libcurl4@8.0.1-1?upstream=curl-8.0.1-1.src.rpm&distro=sles-15.5", "SUSE:Linux Enterprise Server 15 SP4", "curl", 0)]
    [InlineData("pkg:rpm/opensuse/curl@8.0.1-1?distro=opensuse-leap-15.5", "openSUSE:Leap 15.5", "curl", 1)]
    [InlineData("pkg:rpm/opensuse/curl@8.0.1-1?distro=opensuse-leap-15.5", "openSUSE:Tumbleweed", "curl", 1)]
    [InlineData("pkg:rpm/openeuler/curl@8.0.1-1?distro=openEuler-22.03", "openEuler:22.03-LTS-SP1", "curl", 1)]
    [InlineData("pkg:rpm/redhat/curl@8.0.1-1?distro=rhel-9.3", "Red Hat:enterprise_linux:9::baseos", "curl", 1)]
    [InlineData("pkg:rpm/redhat/curl@8.0.1-1?distro=rhel-8.6", "Red Hat:enterprise_linux:9::baseos", "curl", 0)]
    public void An_rpm_whose_versions_nobody_here_can_order_is_a_question_in_its_release_alone(string purl, string ecosystem, string name, int questions)
    {
        var listed = Given.Listed(Given.Osv("CVE-3", ecosystem, name, Given.Range("ECOSYSTEM", "introduced 0", "fixed 8.2-1")));

        Given.Judged(Given.Bom(purl), listed, lists: [Given.List(Ecosystem.BaseOf(ecosystem))]).Unclear.Count(sentence => sentence.Contains("CVE-3")).ShouldBe(questions);
    }

    [Fact]
    public void An_rpm_is_looked_up_by_its_own_name_and_its_source_package() =>
        VulnerabilityJudgement.ToLookUp(Given.Bom("pkg:rpm/suse/libcurl4@8.0.1-1?upstream=curl-8.0.1-1.src.rpm")).Components.Select(component => Ecosystem.KeyOf(component.Purl!, null)!.Name).ShouldBe(["curl", "libcurl4"]);

    [Theory]
    [InlineData("pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12", 1)]
    [InlineData("pkg:deb/debian/openssl@3.0.12-1?distro=debian-12", 0)]
    [InlineData("pkg:deb/debian/curl@8.0.1-1?arch=source&distro=debian-12", 0)]
    [InlineData("pkg:deb/debian/libcurl4@8.0.1-1?upstream=curl&distro=debian-12", 0)]
    public void A_binary_package_that_tells_no_source_is_a_question_unless_its_own_name_is_listed(string purl, int questions) =>
        Given.Judged(Given.Bom(purl), Given.Listed(Given.Osv("DSA-1", "Debian:12", "openssl", Given.Range("ECOSYSTEM", "introduced 0", "fixed 3.0.12-1")))).Unclear.Count.ShouldBe(questions);

    [Fact]
    public void An_SBOM_that_shows_nothing_to_look_up_tells_nothing()
    {
        Given.Judged(Given.Bom(), []).Unclear.ShouldHaveSingleItem().ShouldStartWith("The SBOM shows nothing that can be looked up");
        Given.Judged(new Domain.Inventory.Materials.BillOfMaterials("SPDX 2.3", null, [new("container", "base", "1", null, [], [])]), []).Unclear.ShouldHaveSingleItem().ShouldContain("base 1");
    }

    [Fact]
    public void What_the_SBOM_is_about_is_compared_too()
    {
        var bom = Given.Bom() with { Subject = Given.Component("pkg:npm/lodash@4.17.20") };

        var verdict = Given.Judged(bom, Given.Listed(Lodash));

        verdict.Breaches.ShouldHaveSingleItem().ShouldStartWith("npm/lodash 4.17.20 has GHSA-1");
        verdict.Unclear.ShouldBeEmpty();
    }

    [Fact]
    public void Go_modules_are_found_however_their_capitals_are_written() =>
        Given.Judged(Given.Bom("pkg:golang/github.com/sirupsen/logrus@v1.8.0"), Given.Listed(Given.Osv("GO-1", "Go", "github.com/Sirupsen/Logrus", Given.Range("SEMVER", "introduced 0"))), lists: [Given.List("Go")]).Breaches.ShouldHaveSingleItem();

    [Theory]
    [InlineData("pkg:npm/%40babel/core@1.0.0", "npm", "@babel/core")]
    [InlineData("pkg:maven/org.example/core@1", "Maven", "org.example:core")]
    [InlineData("pkg:golang/github.com/gorilla/mux@v1.8.0", "Go", "github.com/gorilla/mux")]
    [InlineData("pkg:golang/github.com/BurntSushi/toml@v1.0.0", "Go", "github.com/burntsushi/toml")]
    [InlineData("pkg:nuget/Newtonsoft.Json@13.0.1", "NuGet", "newtonsoft.json")]
    [InlineData("pkg:pypi/Zope.Interface@5", "PyPI", "zope-interface")]
    [InlineData("pkg:cargo/rand@0.7.2", "crates.io", "rand")]
    [InlineData("pkg:gem/rails@7", "RubyGems", "rails")]
    [InlineData("pkg:composer/laravel/laravel@5", "Packagist", "laravel/laravel")]
    public void A_package_is_looked_up_as_its_database_names_it(string purl, string ecosystem, string name)
    {
        var key = Ecosystem.KeyOf(Given.Component(purl).Purl!, null).ShouldNotBeNull();
        (key.Ecosystem, key.Name).ShouldBe((ecosystem, name));
    }
}
