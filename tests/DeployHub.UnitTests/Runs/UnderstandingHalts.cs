using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Equal errors are one, and only what tells failed from succeeded targets is told.</summary>
public sealed class UnderstandingHalts
{
    [Theory]
    [InlineData("http://10.0.0.1:81/health of web-1 answered 503", "web-1", "http://10.0.0.2:82/health of web-12 answered 503", "web-12")]
    [InlineData("No space left on /dev/sda1: 12 MiB of 4096", "a", "No space left on /dev/sda1: 9 MiB of 512", "b")]
    [InlineData("web-1: connection to 192.168.7.9:22 refused after 3.5 s", "web-1", "web-2: connection to 192.168.7.11:2222 refused after 12 s", "web-2")]
    [InlineData("found sha256:44b5f3e641b7448e57e15048", "a", "found sha256:9915f3e641b7448e57e15048", "b")]
    [InlineData("process 30739 of 3f2504e0-4f89-11d3-9a0c-0305e82c3301 died", "a", "process 7 of 7d444840-9dc0-11d1-b245-5ffdce74fad2 died", "b")]
    public void Takes_for_one_error_what_differs_only_in_names_addresses_and_numbers(string one, string oneSubject, string other, string otherSubject) =>
        ErrorForm.Of(one, oneSubject).ShouldBe(ErrorForm.Of(other, otherSubject));

    [Theory]
    [InlineData("http://10.0.0.1:81/health answered 503", "http://10.0.0.1:81/health answered 404")]
    [InlineData("sh ended with exit code 1.", "sh ended with exit code 127.")]
    [InlineData("No space left", "No such file")]
    public void Keeps_errors_apart_that_say_something_else(string one, string other) => ErrorForm.Of(one, "web-1").ShouldNotBe(ErrorForm.Of(other, "web-1"));

    [Fact]
    public void Finds_the_name_of_a_target_only_where_it_stands_alone() => ErrorForm.Of("web in webshop failed", "web").ShouldBe("@ in webshop failed");

    [Fact]
    public void Finds_a_whole_name_also_where_it_begins_with_another_and_none_where_there_is_none()
    {
        ErrorForm.Of("web.example.org failed like web", "web", "web.example.org").ShouldBe("@ failed like @");
        ErrorForm.Of("It failed.", "").ShouldBe("It failed.");
    }

    [Fact]
    public void Counts_equal_errors_together_the_most_frequent_first()
    {
        var errors = AlikeErrors.Of([("a", "a: code 1"), ("b", "b: disk of 5 MiB is full"), ("c", "c: disk of 7 MiB is full")]);
        errors.Select(error => error.Text).ShouldBe(["b: disk of 5 MiB is full", "a: code 1"]);
        errors[0].Subjects.ShouldBe(["b", "c"]);
    }

    [Fact]
    public void Tells_what_separates_and_nothing_else()
    {
        var separations = Separation.Between(
            [Target("hamburg", "5001", "ubuntu", "slow"), Target("hamburg", "5002", "ubuntu", "fast")],
            [Target("berlin", "5003", "ubuntu", "fast"), Target("munich", "5004", "ubuntu", "fast"), Target("berlin", "5005", "ubuntu", null)]);

        var site = separations.ShouldHaveSingleItem(); // the port is everybody's own, the system nobody's, the disk on both sides
        site.Attribute.ShouldBe("site");
        site.Failed.ShouldBe(["hamburg"]);
        site.Succeeded.ShouldBe(["berlin", "munich"]);
    }

    [Fact]
    public void Tells_first_what_has_the_fewest_values_then_by_name()
    {
        var separations = Separation.Between(
            [About("berlin", "a", "x"), About("hamburg", "a", "x"), About("berlin", "a", "x")],
            [About("munich", "b", "y"), About("munich", "b", "y"), About("munich", "b", "y")]);

        separations.Select(one => one.Attribute).ShouldBe(["rack", "system", "site"]);

        static Dictionary<string, string> About(string site, string rack, string system) => new() { ["site"] = site, ["system"] = system, ["rack"] = rack };
    }

    [Fact]
    public void Tells_that_something_is_absent() =>
        Separation.Between([Target("a", "1", "x", null), Target("a", "2", "x", null)], [Target("a", "3", "x", "fast"), Target("a", "4", "x", "fast")])
            .ShouldHaveSingleItem().Failed.ShouldBe([null]);

    [Fact]
    public void Tells_nothing_when_there_is_nobody_to_compare_with()
    {
        Separation.Between([Target("a", "1", "x", null)], []).ShouldBeEmpty();
        Separation.Between([], [Target("a", "1", "x", null)]).ShouldBeEmpty();
    }

    private static Dictionary<string, string> Target(string site, string port, string system, string? disk)
    {
        var about = new Dictionary<string, string> { ["site"] = site, ["port"] = port, ["system"] = system };
        if (disk is not null) about["disk"] = disk;
        return about;
    }
}
