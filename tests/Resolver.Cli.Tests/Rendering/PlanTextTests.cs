using Resolver.Cli.Rendering.Plans;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;

namespace Resolver.Cli.Tests.Rendering;

/// <summary>What a person sees of a plan, approved as text.</summary>
public sealed class PlanTextTests
{
    [Fact]
    public void A_plan_tells_of_each_step_its_stage_its_file_and_who_needs_it_as_what()
    {
        var text = new PlanText(Plans.Small(), Paint.None, verbose: false).Write(proven: true);

        Assert.Equal(
            """
            For CPython 3.11.7 on linux:

             1. backend 2.0 (installed)  kept     /site/backend-2.0.dist-info
                 needed by library 1.1 (build): backend>=2
                 needed by application 1.0 (build): backend

             2. library 1.1 (sdist)      stage 1  library-1.1.tar.gz
                 needed by application 1.0 (runtime): library~=1.0
                 weak: version by folder-name

             3. application 1.0 (tree)   stage 2  application
                 requested: application>=1
                 waived (build): wheel

            2 steps in 2 stages, 2 built from source, 1 kept, 1 on weak metadata.

            """.ReplaceLineEndings("\n"),
            text
        );
    }

    [Fact]
    public void A_verbose_plan_also_tells_what_each_step_needs()
    {
        var text = new PlanText(Plans.Small(), Paint.None, verbose: true).Write(proven: true);

        Assert.Contains("     needs (runtime): library~=1.0 -> library 1.1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_needs_are_cut_unless_requested()
    {
        var needs = Enumerable
            .Range(0, 40)
            .Select(i => Plans.Need($"user{i}", "popular", i % 2 == 0 ? Role.Build : Role.Runtime))
            .ToList();
        var plan = Plans.Of([new PlanStep(1, 1, StepAction.Install, Plans.Candidate("popular", "1"), [], needs)]);

        var brief = new PlanText(plan, Paint.None, verbose: false).Write(proven: true);
        var full = new PlanText(plan, Paint.None, verbose: true).Write(proven: true);

        Assert.Contains("and by 35 more (18 runtime, 17 build); -v shows all", brief, StringComparison.Ordinal);
        Assert.Equal(40, full.Split("needed by").Length - 1);
    }

    [Fact]
    public void What_was_left_out_is_grouped_by_its_reason()
    {
        var plan = Plans.Of(
            [],
            new LeftOut("b/x-1.tar.gz", "x", "1", "older-version", "2 is ordered instead"),
            new LeftOut("b/broken.zip", null, null, "archive-corrupt", "no central directory"),
            new LeftOut("b/y-1.tar.gz", "y", "1", "older-version", "3 is ordered instead")
        );

        var text = new PlanText(plan, Paint.None, verbose: false).Write(proven: true);

        Assert.EndsWith(
            """

            Left out: 3

              archive-corrupt (1)
                broken.zip
                    no central directory

              older-version (2)
                x 1  x-1.tar.gz
                    2 is ordered instead
                y 1  y-1.tar.gz
                    3 is ordered instead

            Nothing to install, 3 left out.

            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_selection_that_is_not_proven_best_says_so()
    {
        var text = new PlanText(Plans.Small(), Paint.None, verbose: false).Write(proven: false);

        Assert.Contains("not proven to be the best choice", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_and_paths_never_reach_the_terminal_as_they_are()
    {
        var evil = "archive/\e]0;owned\a\u202e-1.tar.gz";
        var plan = Plans.Of(
            [
                new PlanStep(
                    1,
                    1,
                    StepAction.Install,
                    Plans.Candidate("a", "1", DistributionKind.Sdist, evil, null, "version by \e[31m"),
                    [],
                    []
                ),
            ],
            new LeftOut(evil, "\e[2J", "\r1", "code\e", "line\nnext\e")
        );

        var text = new PlanText(plan, Paint.None, verbose: true).Write(proven: true);

        Assert.DoesNotContain(text, c => c is '\e' or '\a' or '\r' or '\u202e');
    }

    [Fact]
    public void Colour_adds_nothing_but_colour()
    {
        var plain = new PlanText(Plans.Small(), Paint.None, verbose: true).Write(proven: true);
        var coloured = new PlanText(Plans.Small(), new Paint(true), verbose: true).Write(proven: true);

        Assert.NotEqual(plain, coloured);
        Assert.Equal(plain, WithoutColour(coloured));
    }

    private static string WithoutColour(string text)
    {
        var parts = text.Split('\e');
        return parts[0]
            + string.Concat(parts.Skip(1).Select(part => part[(part.IndexOf('m', StringComparison.Ordinal) + 1)..]));
    }
}
