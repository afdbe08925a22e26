using System.Text;
using CsCheck;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Plans;
using Xunit;

namespace Resolver.Resolution.Tests.Plans;

/// <summary>A plan as JSON, <c>resolver.plan/1</c>: to the letter, and back.</summary>
public sealed class PlanJsonTests
{
    private const string Hash = RandomPlan.Hash;

    private const string Contract = $$"""
        {
          "schema": "resolver.plan/1",
          "environment": {
            "python_full_version": "3.11.7",
            "sys_platform": "linux"
          },
          "roots": [
            "idna[all]>=3"
          ],
          "steps": [
            {
              "order": 1,
              "stage": 0,
              "action": "keep",
              "name": "flit-core",
              "version": "3.9.0",
              "kind": "installed",
              "path": null,
              "sha256": null,
              "requires": [],
              "needed_by": [
                {
                  "name": "idna",
                  "requirement": "flit_core >=3.2,<4",
                  "role": "build"
                }
              ]
            },
            {
              "order": 2,
              "stage": 1,
              "action": "install",
              "name": "idna",
              "version": "3.10",
              "kind": "sdist",
              "path": "archive/idna-3.10.tar.gz#subdirectory=sub",
              "sha256": "{{Hash}}",
              "env": {
                "SETUPTOOLS_SCM_PRETEND_VERSION": "3.10"
              },
              "requires": [
                {
                  "requirement": "flit_core >=3.2,<4",
                  "role": "build",
                  "satisfied_by": "flit-core==3.9.0"
                },
                {
                  "requirement": "ruff>=0.6; extra == \"all\"",
                  "role": "runtime",
                  "extra": "all",
                  "satisfied_by": "waived"
                }
              ],
              "needed_by": [
                {
                  "name": null,
                  "requirement": "idna[all]>=3",
                  "role": "root"
                }
              ],
              "notes": [
                "the version is the top folder's"
              ]
            }
          ],
          "left_out": [
            {
              "path": "archive/odd.tar.gz",
              "name": null,
              "version": null,
              "code": "no-metadata",
              "reason": "…"
            }
          ],
          "stats": {
            "scan_ms": 1.5,
            "load_ms": 0,
            "solve_ms": 0.0123,
            "order_ms": 0,
            "decisions": 2,
            "conflicts": 0,
            "propagations": 12
          }
        }

        """;

    [Fact]
    public void What_is_read_is_written_again_to_the_byte()
    {
        var bytes = Encoding.UTF8.GetBytes(Contract);

        var written = PlanJson.Write(PlanJson.Read(bytes, "plan.json"));

        Assert.Equal(Contract, Encoding.UTF8.GetString(written));
    }

    [Fact]
    public void Reading_gives_steps_that_can_be_run()
    {
        var step = PlanJson.Read(Encoding.UTF8.GetBytes(Contract), "plan.json").Steps[1];

        Assert.Equal(DistributionKind.Sdist, step.Candidate.Kind);
        Assert.Equal(["flit_core >=3.2,<4"], step.Candidate.BuildRequires!.Select(each => each.Text));
        Assert.Equal("3.10", step.Candidate.BuildEnvironment!["SETUPTOOLS_SCM_PRETEND_VERSION"]);
        Assert.Equal("flit-core", step.Requires[0].SatisfiedBy!.Name.Normalized);
        Assert.Null(step.Requires[1].SatisfiedBy);
    }

    [Fact]
    public void Reading_is_the_inverse_of_writing()
    {
        RandomPlan.Any.Sample(
            plan =>
            {
                var written = PlanJson.Write(plan);
                var read = PlanJson.Read(written, "plan.json");
                Assert.Equal(plan.Steps.Select(RandomPlan.Shape), read.Steps.Select(RandomPlan.Shape));
                Assert.Equal(plan.Environments, read.Environments);
                Assert.Equal(
                    plan.Environment.OrderBy(each => each.Key, StringComparer.Ordinal),
                    read.Environment.OrderBy(each => each.Key, StringComparer.Ordinal)
                );
                Assert.Equal(plan.Roots, read.Roots);
                Assert.Equal(plan.LeftOut, read.LeftOut);
                Assert.Equal(plan.Statistics, read.Statistics);
                Assert.Equal(written, PlanJson.Write(read));
            },
            iter: 300
        );
    }

    [Theory]
    [InlineData(
        "resolver.plan/1",
        "resolver.plan/2",
        "expected 'resolver.plan/1' at $.schema, found \"resolver.plan/2\""
    )]
    [InlineData("\"3.10\",", "\"3.x\",", "$.steps[1].version")]
    [InlineData(
        "\"sdist\"",
        "\"egg\"",
        "expected 'installed', 'wheel', 'sdist', 'tree' at $.steps[1].kind, found \"egg\""
    )]
    [InlineData("\"install\"", "\"keep\"", "$.steps[1].action")]
    [InlineData("\"order\": 2", "\"order\": 1", "$.steps[1].order")]
    [InlineData("\"order\": 2", "\"order\": 2.5", "expected a whole number at $.steps[1].order, found 2.5")]
    [InlineData("\"stage\": 1", "\"stage\": -1", "$.steps[1].stage")]
    [InlineData(Hash, "0123", "SHA-256")]
    [InlineData("\"path\": \"archive/idna-3.10.tar.gz#subdirectory=sub\"", "\"path\": null", "$.steps[1].path")]
    [InlineData("flit-core==3.9.0", "flit-core==3.9.1", "$.steps[1].requires[0].satisfied_by")]
    [InlineData("\"role\": \"root\"", "\"role\": \"build\"", "$.steps[1].needed_by[0].name")]
    [InlineData("idna[all]>=3", "idna[all", "$.steps[1].needed_by[0].requirement")]
    [InlineData("SETUPTOOLS_SCM_PRETEND_VERSION", "A=B", "$.steps[1].env")]
    [InlineData("\"decisions\": 2,", "", "expected a field 'decisions' at $.stats.decisions, found nothing")]
    [InlineData("\"notes\"", "\"order\"", "plan.json:")]
    [InlineData("\"name\": \"flit-core\"", "\"name\": \"\\ud800\"", "$.steps[0].name")]
    public void What_is_not_a_plan_is_refused_by_file_and_place(string part, string replacement, string message)
    {
        var text = Contract.Replace(part, replacement, StringComparison.Ordinal);

        var result = PlanJson.TryRead(Encoding.UTF8.GetBytes(text), "plan.json");

        Assert.NotEqual(Contract, text);
        Assert.StartsWith("plan.json", result.Error!.ToString(), StringComparison.Ordinal);
        Assert.Contains(message, result.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_plan_is_refused_wherever_it_is_cut()
    {
        var whole = Encoding.UTF8.GetBytes(Contract.TrimEnd());

        Assert.All(
            Enumerable.Range(0, whole.Length),
            length => Assert.False(PlanJson.TryRead(whole.AsMemory(0, length), "plan.json").Success)
        );
    }

    [Fact]
    public void Fields_of_tomorrow_are_passed_over()
    {
        var text = Contract.Replace(
            "\"stage\": 1,",
            "\"stage\": 1, \"markers\": \"sys_platform == 'linux'\",",
            StringComparison.Ordinal
        );

        Assert.True(PlanJson.TryRead(Encoding.UTF8.GetBytes("\uFEFF" + text), "plan.json").Success);
    }
}
