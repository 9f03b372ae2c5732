using System.Text;
using DeployHub.Worker.Steps.Ansible;
using DeployHub.Worker.Steps.Terraform;

namespace DeployHub.UnitTests.Workers;

/// <summary>What Terraform and Ansible tell of an environment, without a secret and whatever it is.</summary>
public sealed class ReadingPlans
{
    [Theory]
    [InlineData("""{"actions":["create"],"before":null,"after":{"a":1}}""", "missing")]
    [InlineData("""{"actions":["delete"],"before":{"a":1},"after":null}""", "there and not defined")]
    [InlineData("""{"actions":["update"],"before":{"a":1,"b":2,"id":"x"},"after":{"a":3,"b":2},"after_unknown":{"id":true}}""", "different: a is 1 and defined 3")]
    [InlineData("""{"actions":["update"],"before":{"a":null},"after":{"a":["x"]}}""", """different: a is nothing and defined ["x"]""")]
    [InlineData("""{"actions":["delete","create"],"before":{"a":"1"},"after":{"a":"2"}}""", """so different that it would be made anew: a is "1" and defined "2" """)]
    [InlineData("""{"actions":["update"],"before":{"a":{"p":"x"}},"after":{"a":{"p":"y"}},"before_sensitive":{"a":{"p":true}}}""", "different: a (sensitive)")]
    [InlineData("""{"actions":["update"],"before":{"a":"x"},"after":{"a":"y"},"after_sensitive":true}""", "different: a (sensitive)")]
    [InlineData("""{"actions":["update"],"before":{"admin_password":"x","n":{"api_key":"z"}},"after":{"admin_password":"y","n":{"api_key":"w"}}}""", "different: admin_password is (hidden) and defined (hidden), n is (hidden) and defined (hidden)")]
    [InlineData("""{"actions":["forget"],"before":{},"after":null}""", "there and no longer defined")]
    public void A_resource_that_differs_says_in_what(string change, string observed) => Plan(change)!.Differences.ShouldHaveSingleItem().Observed.ShouldBe(observed.Trim());

    [Fact]
    public void Long_values_are_cut_and_still_differ()
    {
        var first = Plan("""{"actions":["update"],"before":{"a":"LONG"},"after":{"a":""}}""".Replace("LONG", new string('x', 500) + "1", StringComparison.Ordinal))!.Differences[0].Observed;
        first.ShouldStartWith("different: a is 503 characters (");
        Plan("""{"actions":["update"],"before":{"a":"LONG"},"after":{"a":""}}""".Replace("LONG", new string('x', 500) + "2", StringComparison.Ordinal))!.Differences[0].Observed.ShouldNotBe(first);
    }

    [Fact]
    public void What_is_as_defined_is_counted_and_what_is_only_read_is_nothing()
    {
        var plan = TerraformPlan.Read("""{"format_version":"1.2","resource_changes":[{"address":"a","change":{"actions":["no-op"]}},{"address":"data.b","change":{"actions":["read"]}}],"output_changes":{"x":{"actions":["update"]}}}"""u8.ToArray())!;

        (plan.AsDefined, plan.Differences.Count, plan.OutputsChange).ShouldBe((1, 0, true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"format_version":"1.2","errored":true}""")]
    [InlineData("""{"format_version":"1.2","resource_changes":[{"address":"a"}]}""")]
    [InlineData("""{"format_version":"1.2","resource_changes":{}}""")]
    [InlineData("""{"format_version":"1.2","resource_changes":[{"address":"\ud800","change":{"actions":["create"]}}]}""")]
    public void What_is_no_whole_plan_is_none(string json) => TerraformPlan.Read(Encoding.UTF8.GetBytes(json)).ShouldBeNull();

    [Fact]
    public void A_playbook_in_check_mode_tells_each_task_under_a_name_of_its_own()
    {
        var recap = new AnsibleRecap(AnsibleEvent.Parse(
            """
            {"kind":"changed","host":"web-1","task":"Write","places":["/a","/b"],"found":"0123456789ab"}
            {"kind":"changed","host":"web-1","task":"Write","time":3}
            {"kind":"changed","host":"db-1","task":"Write"}
            {"kind":"changed","host":"web-1","task":"Restart","handler":true}
            {"kind":"unchecked","host":"web-1","task":"Run it"}
            {"kind":"unchecked","host":"web-1","task":"Run it","time":2}
            {"kind":"recap","host":"web-1","counts":{"ok":4,"checked":3}}
            """u8.ToArray()), "web-1");

        recap.Differences().ShouldBe([("Write", "undone (/a, /b, now 0123456789ab)"), ("Write (3)", "undone"), ("Write on db-1", "undone")]);
        recap.Unchecked.ShouldBe(["Run it", "Run it (2)"]);
        (recap.Checked, recap.KnowsTarget, recap.LeftTasksOut).ShouldBe((3, true, false));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"kind":"recap","host":"web-1"}x""")]
    [InlineData("""{"kind":"recap"}""")]
    [InlineData("""{"kind":"recap","host":"web-1","counts":[]}""")]
    public void Events_that_are_not_whole_tell_nothing(string lines) => AnsibleEvent.Parse(Encoding.UTF8.GetBytes($$"""{"kind":"recap","host":"web-1"}{{'\n'}}{{lines}}""")).ShouldBeEmpty();

    private static TerraformPlan? Plan(string change) => TerraformPlan.Read(Encoding.UTF8.GetBytes("""{"format_version":"1.2","resource_changes":[{"address":"terraform_data.a","change":CHANGE}]}""".Replace("CHANGE", change, StringComparison.Ordinal)));
}
