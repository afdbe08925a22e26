using Resolver.Sat.Domains;
using Xunit;

namespace Resolver.Sat.Tests.Domains;

/// <summary>Propagation, analysis and going back, each on a few variables. Sets are written as bits; 'absent' is the
/// bit after the last value.</summary>
public sealed class DomainEngineTests
{
    private readonly DomainEngine engine = new();

    [Fact]
    public void Two_who_follow_the_changes_see_all_of_them_each_and_nothing_that_was_undone()
    {
        var (p, q, r) = (engine.AddVariable(2), engine.AddVariable(2), engine.AddVariable(2));
        var (one, other) = (engine.FollowChanges(), engine.FollowChanges());
        engine.Decide(p, new(0));
        engine.Decide(q, new(0));

        Assert.Equal([p, q], Shrunk(one));
        Assert.Equal(2, one.Seen);
        engine.BackTo(1);
        engine.Decide(r, new(0));

        Assert.Equal(1, one.Seen);
        Assert.Equal([r], Shrunk(one));
        Assert.Equal([p, r], Shrunk(other));
        Assert.True(one.WereUndone());
        Assert.True(other.WereUndone());
        Assert.False(one.WereUndone());

        static List<EngineVariable> Shrunk(DomainChanges changes)
        {
            var all = new List<EngineVariable>();
            while (changes.NextShrunk() is { IsNone: false } variable)
                all.Add(variable);
            return all;
        }
    }

    [Fact]
    public void A_nogood_whose_other_terms_are_true_takes_its_last_set_from_the_domain()
    {
        var (p, q) = (engine.AddVariable(2), engine.AddVariable(3));
        Add((p, 0b010), (q, 0b1001));

        engine.Decide(p, new(1));

        Assert.Equal(Propagated.Settled, engine.Propagate());
        Assert.Equal(Propagated.Fixpoint, engine.Propagate());
        Assert.Equal(0b0110UL, engine.DomainOf(q)[0]);
    }

    [Fact]
    public void A_nogood_of_three_terms_waits_for_the_second_and_acts_on_the_third()
    {
        var (p, q, r) = (engine.AddVariable(2), engine.AddVariable(2), engine.AddVariable(2));
        Add((p, 0b001), (q, 0b001), (r, 0b001));

        engine.Decide(r, new(0));
        Settle();
        Assert.Equal(0b111UL, engine.DomainOf(p)[0]);
        engine.Decide(p, new(0));
        Settle();

        Assert.Equal(0b110UL, engine.DomainOf(q)[0]);
    }

    [Fact]
    public void Going_back_restores_every_domain()
    {
        var (p, q) = (engine.AddVariable(2), engine.AddVariable(100));
        engine.AddAxiom([new Term(p, 1, 0b010), engine.MakeTerm(q, [ulong.MaxValue, 0])], 0);
        var before = engine.DomainOf(q).ToArray();

        engine.Decide(p, new(1));
        Settle();
        Assert.NotEqual(before, engine.DomainOf(q).ToArray());
        engine.BackTo(0);

        Assert.Equal(before, engine.DomainOf(q).ToArray());
        Assert.Equal(0b111UL, engine.DomainOf(p)[0]);
    }

    [Fact]
    public void A_conflict_is_learned_from_and_undoes_only_what_it_rests_on()
    {
        // p = 1 forces q = 1, and q = 1 with r = 1 is impossible. s has nothing to do with it.
        var (p, s, r, q) = (engine.AddVariable(2), engine.AddVariable(2), engine.AddVariable(2), engine.AddVariable(2));
        Add((p, 0b010), (q, 0b101));
        engine.Decide(p, new(1));
        Settle();
        engine.Decide(s, new(0));
        Settle();
        engine.Decide(r, new(1));
        Settle();

        var late = Add((q, 0b010), (r, 0b010));
        Assert.False(engine.Apply(late));
        var learned = engine.Learn();

        Assert.False(learned.IsNone);
        Assert.Equal(1, engine.Level);
        Assert.Equal(0b101UL, engine.DomainOf(r)[0]);
        Assert.Equal(0b111UL, engine.DomainOf(s)[0]);
        Assert.Equal(0b010UL, engine.DomainOf(q)[0]);
    }

    [Fact]
    public void A_learned_nogood_leaves_out_a_term_that_follows_from_the_others()
    {
        // p = 1 forces q = 1. p = 1, q = 1 and r = 1 are impossible together; so p = 1 and r = 1 are.
        var (p, q, r) = (engine.AddVariable(1), engine.AddVariable(1), engine.AddVariable(1));
        Add((p, 0b10), (q, 0b01));
        engine.Decide(p, new(1));
        Settle();
        Assert.Equal(0b10UL, engine.DomainOf(q)[0]);
        engine.Decide(r, new(1));
        Settle();

        Assert.False(engine.Apply(Add((p, 0b10), (q, 0b10), (r, 0b10))));
        var learned = engine.TermsOf(engine.Learn()).ToArray();

        Assert.Equal([r, p], learned.Select(term => term.Variable));
        Assert.Equal(0b01UL, engine.DomainOf(r)[0]);
    }

    [Fact]
    public void A_nogood_added_late_that_was_violated_below_the_current_level_is_learned_from_there()
    {
        var (p, q, r) = (engine.AddVariable(2), engine.AddVariable(2), engine.AddVariable(2));
        engine.Decide(p, new(0));
        Settle();
        engine.Decide(q, new(0));
        Settle();
        engine.Decide(r, new(0));
        Settle();

        Assert.False(engine.Apply(Add((p, 0b001), (q, 0b001))));
        engine.Learn();

        Assert.Equal(1, engine.Level);
        Assert.Equal(0b110UL, engine.DomainOf(q)[0]);
        Assert.Equal(0b111UL, engine.DomainOf(r)[0]);
    }

    [Fact]
    public void Terms_on_the_resolved_variable_unite()
    {
        // Whatever p takes, it is impossible with q = 0: the two halves must unite to all of p.
        var (q, p) = (engine.AddVariable(1), engine.AddVariable(2));
        Add((p, 0b001), (q, 0b01));
        Add((p, 0b110), (q, 0b01));
        engine.Decide(q, new(0));

        var result = engine.Propagate();
        while (result == Propagated.Settled)
            result = engine.Propagate();
        Assert.Equal(Propagated.Conflict, result);
        var learned = engine.Learn();

        Assert.Equal([new Term(q, 1, 0b01)], engine.TermsOf(learned).ToArray());
        Assert.Equal(0, engine.Level);
        Assert.Equal(0b10UL, engine.DomainOf(q)[0]);
    }

    [Fact]
    public void A_conflict_without_choices_is_the_end()
    {
        var p = engine.AddVariable(1);
        engine.Traces = true;
        Assert.True(engine.Apply(Add((p, 0b01))));
        Assert.False(engine.Apply(Add((p, 0b10))));

        Assert.True(engine.Learn().IsNone);
        Assert.Equal([new NogoodId(0), new NogoodId(1)], engine.Derivation.Trace().Axioms);
    }

    private NogoodId Add(params (EngineVariable Variable, ulong Set)[] terms) =>
        engine.AddAxiom([.. terms.Select(term => new Term(term.Variable, 1, term.Set))], engine.NogoodCount);

    private void Settle()
    {
        while (true)
        {
            var result = engine.Propagate();
            Assert.NotEqual(Propagated.Conflict, result);
            if (result == Propagated.Fixpoint)
                return;
        }
    }
}
