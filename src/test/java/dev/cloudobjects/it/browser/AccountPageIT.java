package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Accounts: those of the demo, and one's own. */
class AccountPageIT extends InBrowser {

    @Test
    void shouldSwitchBetweenTheDemosAccountsAndConnectEachTime() {
        Visitor visitor = visitors.arrives();
        visitor.at("#account-1").click();
        visitor.isConnected();
        assertThat(visitor.at("#account-1")).hasAttribute("aria-pressed", "true");
        String first = visitor.cid();

        visitor.at("#account-2").click();
        assertThat(visitor.at("#account-2")).hasAttribute("aria-pressed", "true");
        assertThat(visitor.at("#state-cid")).not().hasText(first);
        visitor.isConnected();
        assertThat(visitor.at(".connection")).hasCount(1);
        assertThat(visitor.at("#account-1")).hasAttribute("aria-pressed", "false");
    }

    @Test
    void shouldSayInTheFormWhatIsWrong() {
        visitors.expectFailingRequests();
        Visitor visitor = visitors.arrives();
        visitor.at("#open-login").click();
        visitor.page().getByLabel("Username").fill("nobody_at_all");
        visitor.page().getByLabel("Password").fill("wrong");
        visitor.at("#submit-login").click();
        assertThat(visitor.at("#login-problem")).hasText("wrong username or password");
        assertThat(visitor.page().getByLabel("Username")).hasAttribute("aria-invalid", "true");
        assertThat(visitor.page().getByLabel("Username")).hasValue("nobody_at_all");
        visitor.at("#login").getByText("Sign up").first().click();
        assertThat(visitor.at("#login-problem")).isHidden();
        assertThat(visitor.page().getByLabel("Display name")).isVisible();
    }

    @Test
    void shouldRefuseANameThatIsTaken() {
        visitors.expectFailingRequests();
        Visitor ann = visitors.arrives().signsUp("Ann");
        Visitor other = visitors.arrives();
        other.at("#open-register").click();
        other.page().getByLabel("Username").fill(ann.username());
        other.page().getByLabel("Password").fill("another password");
        other.at("#submit-login").click();
        assertThat(other.at("#login-problem")).hasText("this username is taken");
    }

    @Test
    void shouldLogOutAndForgetTheLogin() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.at("#logout").click();
        ann.sees("closed");
        assertThat(ann.at("#open-login")).isVisible();
        assertThat(ann.at("#login")).not().isVisible();
        ann.opens("");
        assertThat(ann.at("#open-login")).isVisible();
    }

    @Test
    void shouldKeepTheLoginAcrossAReload() {
        Visitor ann = visitors.arrives().signsUp("Ann");
        ann.page().reload();
        assertThat(ann.at("#signed-in")).containsText("Ann");
        ann.connects();
    }

    @Test
    void shouldReturnToThisPageOnly() {
        Visitor ann = visitors.arrives().signsUp("Ann");
        ann.at("#logout").click();
        for (String elsewhere : new String[] {"https%3A%2F%2Fevil.example%2F", "%2F%2Fevil.example", "javascript%3Aalert(1)"}) {
            ann.opens("#/login?redirect=" + elsewhere);
            assertThat(ann.at("#login")).isVisible();
            ann.page().getByRole(AriaRole.BUTTON, new com.microsoft.playwright.Page.GetByRoleOptions().setName("Close")).click();
            assertThat(ann.at("#login")).not().isVisible();
            assertThat(ann.page()).hasURL(Pattern.compile("^http://localhost:\\d+/#/$"));
        }
    }

    @Test
    void shouldCloseTheDialogWithEscapeAndGiveTheFocusBack() {
        Visitor ann = visitors.arrives();
        ann.focus("#open-register");
        ann.page().keyboard().press("Enter");
        assertThat(ann.page().getByLabel("Username")).isFocused();
        ann.page().keyboard().press("Escape");
        assertThat(ann.at("#login")).not().isVisible();
        assertThat(ann.at("#open-register")).isFocused();
        assertThat(ann.page()).hasURL(Pattern.compile("#/$"));
    }
}
